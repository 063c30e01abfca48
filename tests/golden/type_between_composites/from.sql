create type old_price as (amount numeric, currency text);
create type price as (amount numeric, currency text);
create table offers (id int primary key, price old_price, steps old_price[], codes int[]);
