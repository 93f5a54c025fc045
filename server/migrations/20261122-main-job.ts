import { Migration } from '@mikro-orm/migrations'

/**
 * The tables of the main job. The county's id comes first in every key, so that the tables can be spread over machines
 * by county as they stand; foreign keys never leave a county. Kept by hand: the ORM's diff proposes, a test compares.
 */
export class MainJob extends Migration {
  override up(): void {
    this.addSql(`
      create table "county" ("id" uuid not null, "code" text not null, "name" text not null, "chain_seq" int not null default 0, "chain_hash" text not null default '', primary key ("id"));

      create table "unit" ("county_id" uuid not null, "id" uuid not null, "kind" text not null, "code" text not null, "name" text not null, "parent_id" uuid null, primary key ("county_id", "id"));
      create index "unit_county_id_parent_id_index" on "unit" ("county_id", "parent_id");
      alter table "unit" add constraint "unit_county_id_code_unique" unique ("county_id", "code");
      alter table "unit" add constraint "unit_name_one_line" check (name !~ '[\\n\\r]');

      create table "coordinator" ("county_id" uuid not null, "id" uuid not null, "name" text not null, "gender" text not null, "born_on" date not null, primary key ("county_id", "id"));
      alter table "coordinator" add constraint "coordinator_name_one_line" check (name !~ '[\\n\\r]');

      create table "posting" ("county_id" uuid not null, "id" uuid not null, "coordinator_id" uuid not null, "village_id" uuid not null, "full_time" boolean not null, "starts_on" date not null, "ends_on" date null, primary key ("county_id", "id"));
      create index "posting_county_id_coordinator_id_index" on "posting" ("county_id", "coordinator_id");

      create table "account" ("county_id" uuid not null, "id" uuid not null, "login" text not null, "name" text not null, "password_hash" text not null, "demo" boolean not null default false, primary key ("county_id", "id"));
      create index "account_login_index" on "account" ("login");
      alter table "account" add constraint "account_county_id_login_unique" unique ("county_id", "login");

      create table "role_grant" ("county_id" uuid not null, "id" uuid not null, "account_id" uuid not null, "role" text not null, "unit_id" uuid not null, "ends_on" date null, primary key ("county_id", "id"));
      create index "role_grant_county_id_account_id_index" on "role_grant" ("county_id", "account_id");

      create table "session" ("county_id" uuid not null, "token_hash" text not null, "account_id" uuid not null, "created_at" timestamptz not null, "seen_at" timestamptz not null, "expires_at" timestamptz not null, primary key ("county_id", "token_hash"));
      create index "session_county_id_account_id_index" on "session" ("county_id", "account_id");

      create table "sign_in_failure" ("subject" text not null, "count" int not null, "window_ends_at" timestamptz not null, primary key ("subject"));

      create table "cycle" ("county_id" uuid not null, "id" uuid not null, "year" int not null, "policy_id" text not null, "policy_hash" text not null, "choices" jsonb not null, "state" text not null, "base_date" date not null, primary key ("county_id", "id"));
      alter table "cycle" add constraint "cycle_county_id_year_policy_id_unique" unique ("county_id", "year", "policy_id");

      create table "sheet" ("county_id" uuid not null, "id" uuid not null, "cycle_id" uuid not null, "line" int not null, "coordinator_id" uuid not null, "posting_id" uuid not null, "village_id" uuid not null, "town_id" uuid not null, "full_time" boolean not null, "days" int not null, "state" text not null, "facts" jsonb not null, "points" text[] not null, "marks" text not null, "total" numeric not null, "missing" int not null, "limits" text[] not null, "seq" int not null, primary key ("county_id", "id")) with (fillfactor = 70);
      create index "sheet_county_id_cycle_id_town_id_line_index" on "sheet" ("county_id", "cycle_id", "town_id", "line");
      alter table "sheet" add constraint "sheet_county_id_cycle_id_line_unique" unique ("county_id", "cycle_id", "line");
      alter table "sheet" add constraint "sheet_county_id_cycle_id_posting_id_unique" unique ("county_id", "cycle_id", "posting_id");
      alter table "sheet" add constraint "sheet_state_known" check (state in ('open', 'submitted', 'filed'));

      create table "change_set" ("county_id" uuid not null, "seq" int not null, "id" uuid not null, "cycle_id" uuid not null, "account_id" uuid not null, "by" text not null, "at" timestamptz(3) not null, "kind" text not null, "undoes" uuid null, "key" text not null, "outcome" jsonb not null, "hash" text not null, primary key ("county_id", "seq"));
      alter table "change_set" add constraint "change_set_county_id_account_id_key_unique" unique ("county_id", "account_id", "key");
      alter table "change_set" add constraint "change_set_county_id_id_unique" unique ("county_id", "id");

      create table "sheet_change" ("county_id" uuid not null, "sheet_id" uuid not null, "seq" int not null, "cells" jsonb not null, primary key ("county_id", "sheet_id", "seq"));
      create index "sheet_change_county_id_seq_index" on "sheet_change" ("county_id", "seq");
    `)
    const within = (table: string, column: string, target: string, key = 'id') =>
      this.addSql(
        `alter table "${table}" add foreign key ("county_id", "${column}") references "${target}" ("county_id", "${key}")`,
      )
    this.addSql('alter table "unit" add foreign key ("county_id") references "county" ("id")')
    within('unit', 'parent_id', 'unit')
    within('posting', 'coordinator_id', 'coordinator')
    within('posting', 'village_id', 'unit')
    this.addSql('alter table "account" add foreign key ("county_id") references "county" ("id")')
    within('role_grant', 'account_id', 'account')
    within('role_grant', 'unit_id', 'unit')
    within('session', 'account_id', 'account')
    this.addSql('alter table "cycle" add foreign key ("county_id") references "county" ("id")')
    within('sheet', 'cycle_id', 'cycle')
    within('sheet', 'coordinator_id', 'coordinator')
    within('sheet', 'posting_id', 'posting')
    within('sheet', 'village_id', 'unit')
    within('sheet', 'town_id', 'unit')
    // The history of changes refers to nothing it would have to follow: it outlives what it tells of.
    within('sheet_change', 'seq', 'change_set', 'seq')
  }
}
