SELECT count(*) FROM invoices;
