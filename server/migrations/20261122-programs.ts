import { Migration } from '@mikro-orm/migrations'

/** What programs of the county show in place of a cookie, and where they are told what was done. */
export class Programs extends Migration {
  override up(): void {
    this.addSql(`
      create table "access_token" ("county_id" uuid not null, "id" uuid not null, "account_id" uuid not null, "name" text not null, "token_hash" text not null, "scopes" text[] not null, "created_at" timestamptz(3) not null, "expires_at" timestamptz(3) not null, "last_used_at" timestamptz(3) null, "revoked_at" timestamptz(3) null, primary key ("county_id", "id"));
      create index "access_token_county_id_account_id_index" on "access_token" ("county_id", "account_id");
      alter table "access_token" add constraint "access_token_county_id_token_hash_unique" unique ("county_id", "token_hash");
      alter table "access_token" add constraint "access_token_year" check (expires_at <= created_at + '366 days'::interval);
      alter table "access_token" add foreign key ("county_id", "account_id") references "account" ("county_id", "id");

      create table "webhook" ("county_id" uuid not null, "id" uuid not null, "url" text not null, "secret" text not null, "events" text[] not null, "active" boolean not null default true, "seen" int not null, "created_by" uuid not null, primary key ("county_id", "id"));
      alter table "webhook" add foreign key ("county_id", "created_by") references "account" ("county_id", "id");

      create table "webhook_delivery" ("county_id" uuid not null, "webhook_id" uuid not null, "seq" int not null, "event" text not null, "attempt" int not null default 0, "status" text not null, "next_at" timestamptz(3) null, "since" timestamptz(3) not null, "response_code" int null, primary key ("county_id", "webhook_id", "seq"));
      create index "webhook_delivery_next_at_index" on "webhook_delivery" ("next_at");
      alter table "webhook_delivery" add foreign key ("county_id", "webhook_id") references "webhook" ("county_id", "id");
    `)
  }
}
