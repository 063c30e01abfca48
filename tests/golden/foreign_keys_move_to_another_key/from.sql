create table e (id int not null, c int not null, k int not null, constraint e_id_key unique (id), primary key (c, k));
create table f (e_id int references e (id));
create table g (id int not null, primary key (id), constraint g_other unique (id));
create table h (g_id int references g (id));
