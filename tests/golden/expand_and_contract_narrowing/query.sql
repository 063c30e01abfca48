SELECT id, rate FROM rates ORDER BY id;
