CREATE TABLE role_permission (permission text);
CREATE TABLE permissions (id integer, permission text NOT NULL);
