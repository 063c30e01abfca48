SELECT id, owner_id, label FROM accounts;
