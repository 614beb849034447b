#!/bin/sh
# Runs once, when PostgreSQL makes its data folder: the database and the roles that Handrail expects.
# `handrail_admin` owns the tables and migrates, `handrail_app` runs the service and owns nothing,
# `handrail_audit` owns the audit log and nobody logs in as it. The passwords are those in the
# addresses that the service uses, so each is kept in one file only: letters, digits, - and _.
set -eu

password_in() {
  sed -nE 's#^postgres(ql)?://[^:]+:([A-Za-z0-9_-]+)@.*$#\2#p' "/run/secrets/$1" | grep .
}

admin_password=$(password_in database_admin_url)
app_password=$(password_in database_url)

psql --set=ON_ERROR_STOP=1 --no-psqlrc --username "${POSTGRES_USER:-postgres}" --dbname postgres <<SQL
create role handrail_admin login createrole password '$admin_password';
create role handrail_app login password '$app_password';
create role handrail_audit nologin;
grant handrail_audit to handrail_admin with admin true, set true, inherit false;
create database handrail owner handrail_admin;
\connect handrail
revoke create on schema public from public;
SQL
