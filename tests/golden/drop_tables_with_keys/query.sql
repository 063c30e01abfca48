SELECT * FROM stays;
