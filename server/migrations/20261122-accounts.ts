import { Migration } from '@mikro-orm/migrations'

/** What signing in, the second factor and the administration of accounts keep. */
export class Accounts extends Migration {
  override up(): void {
    this.addSql(`
      alter table "account" add column "disabled_at" timestamptz(3) null, add column "must_change" boolean not null default false,
        add column "totp_secret" text null, add column "totp_step" int not null default 0, add column "recovery_hashes" text[] not null default '{}';

      alter table "role_grant" add column "ended_at" timestamptz(3) null;

      truncate "session";
      alter table "session" add column "confirmed_at" timestamptz not null, add column "address" text not null, add column "agent" text not null;
    `)
  }
}
