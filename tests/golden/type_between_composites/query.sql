SELECT * FROM offers;
