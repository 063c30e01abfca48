SELECT a, b, sum FROM t;
