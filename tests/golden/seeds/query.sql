SELECT name, rights, level FROM roles ORDER BY name;
