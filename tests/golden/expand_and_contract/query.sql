SELECT o.id, o.customer, c.name, o.total, o.state FROM orders o JOIN customers c ON c.id = o.customer ORDER BY o.id;
