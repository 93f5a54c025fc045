import { Migration } from '@mikro-orm/migrations'

/** The stages of the year, what is recorded beside the cells, and one chain for everything that is done. */
export class Year extends Migration {
  override up(): void {
    this.addSql(`
      alter table "sheet" add column "stage" text not null default 'scoring', add column "beyond" jsonb not null default '{}';
      update "sheet" set "stage" = case "state" when 'open' then 'scoring' when 'filed' then 'filed' else 'panel' end;
      alter table "sheet" alter column "stage" drop default;
      create index "sheet_county_id_cycle_id_stage_index" on "sheet" ("county_id", "cycle_id", "stage");

      alter table "change_set" alter column "cycle_id" drop not null, alter column "outcome" type json using "outcome"::text::json;
      alter table "change_set" add column "behalf" text null, add column "address" text null, add column "reason" text null,
        add column "policy" text null, add column "details" json null;

      alter table "role_grant" add column "coordinator_id" uuid null, add column "on_behalf_of" text null;

      alter table "cycle" add column "period" text not null default 'year', add column "left_out" jsonb not null default '[]';
      alter table "cycle" drop constraint "cycle_county_id_year_policy_id_unique";
      alter table "cycle" add constraint "cycle_county_id_year_period_policy_id_unique" unique ("county_id", "year", "period", "policy_id");

      create table "signature" ("county_id" uuid not null, "id" uuid not null, "cycle_id" uuid not null, "unit_id" uuid not null, "stage" text not null, "role" text not null, "account_id" uuid not null, "by" text not null, "at" timestamptz(3) not null, "back_to" text null, "sheets" int not null, "hash" text not null, "reason" text null, "seq" int not null, primary key ("county_id", "id"));
      create index "signature_county_id_cycle_id_unit_id_index" on "signature" ("county_id", "cycle_id", "unit_id");
      alter table "signature" add foreign key ("county_id", "cycle_id") references "cycle" ("county_id", "id");
      alter table "signature" add foreign key ("county_id", "unit_id") references "unit" ("county_id", "id");
    `)
  }
}
