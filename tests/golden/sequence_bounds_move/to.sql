create sequence raised minvalue 1000;
create sequence apart minvalue 100 maxvalue 200;
create sequence lowered increment by -1 minvalue -1000 maxvalue -5;
