SELECT id, size FROM boxes ORDER BY size;
