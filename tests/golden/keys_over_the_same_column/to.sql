CREATE TABLE permissions (id integer, permission text NOT NULL);
ALTER TABLE permissions ADD CONSTRAINT permission_unique UNIQUE (permission);
ALTER TABLE permissions ADD CONSTRAINT permissions_pkey PRIMARY KEY (permission);
CREATE TABLE role_permission (permission text);
ALTER TABLE role_permission ADD CONSTRAINT granted FOREIGN KEY (permission) REFERENCES permissions (permission);
CREATE TABLE scopes (name text NOT NULL);
ALTER TABLE scopes ADD CONSTRAINT scopes_name UNIQUE (name);
ALTER TABLE scopes ADD CONSTRAINT scopes_pkey PRIMARY KEY (name);
