create sequence raised;
create sequence apart maxvalue 10;
create sequence lowered increment by -1 minvalue -1000;
