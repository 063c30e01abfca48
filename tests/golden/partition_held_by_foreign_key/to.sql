CREATE TABLE account (id integer PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE account_b PARTITION OF account FOR VALUES FROM (100) TO (200);
CREATE TABLE payment (account integer REFERENCES account);
