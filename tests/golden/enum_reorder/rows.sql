INSERT INTO boxes VALUES (1, 'large'), (2, DEFAULT);
