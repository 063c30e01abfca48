CREATE OR REPLACE VIEW overdue AS
SELECT loans.id, books.title, members.email
FROM loans
JOIN books ON books.id = loans.book_id
JOIN members ON members.id = loans.member_id
WHERE loans.state = 'out' AND loans.due < current_date;
