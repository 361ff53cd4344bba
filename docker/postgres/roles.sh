#!/bin/sh
# Run once, when the database is made: the gateway works as a role that owns nothing.
set -eu
psql -v ON_ERROR_STOP=1 --username postgres \
  -v password="$GATEHOUSE_PASSWORD" -v owner_password="$GATEHOUSE_OWNER_PASSWORD" <<'SQL'
create role gatehouse_owner login password :'owner_password';
create role gatehouse login password :'password';
create database gatehouse owner gatehouse_owner;
SQL
