/**
 * Our own tables, step by step; the queue's are pg-boss's. A step that was released is never changed: what it lacks is the
 * next one's. Amounts are whole billionths of a dollar, times the database's.
 */
export const migrations: readonly string[] = [
  `CREATE TABLE firstdraft.runs (
     run text PRIMARY KEY,
     -- The repository by GitHub's own number, which stays when its name changes; by its name where that is not known.
     place text NOT NULL,
     repository text NOT NULL,
     issue int NOT NULL,
     installation bigint,
     model text NOT NULL,
     -- null: the model has no known price.
     reserved bigint,
     so_far bigint,
     spent bigint,
     outcome text,
     verdict text,
     pull_request int,
     began_at timestamptz NOT NULL DEFAULT clock_timestamp(),
     ended_at timestamptz,
     closed_at timestamptz,
     merged boolean
   );
   CREATE INDEX runs_of_place ON firstdraft.runs (place, began_at);
   CREATE INDEX runs_of_installation ON firstdraft.runs (installation, began_at);

   -- What may be taken for one run: the least of what is wanted and what each limit leaves, if that is not less than
   -- \`useful\`; and what each has counted by now. A run that has its share already keeps it. One at a time, so that two
   -- never take the same dollar.
   CREATE FUNCTION firstdraft.reserve(
     the_run text, the_place text, the_repository text, the_issue int, the_installation bigint, the_model text,
     wanted bigint, useful bigint, per_issue bigint, per_day bigint, per_month bigint
   ) RETURNS TABLE (granted bigint, of_issue bigint, of_day bigint, of_month bigint) LANGUAGE plpgsql AS $body$
   DECLARE
     utc timestamp := clock_timestamp() AT TIME ZONE 'UTC';
     today timestamptz := date_trunc('day', utc) AT TIME ZONE 'UTC';
     this_month timestamptz := date_trunc('month', utc) AT TIME ZONE 'UTC';
   BEGIN
     PERFORM pg_advisory_xact_lock(hashtextextended('firstdraft.runs', 0));
     SELECT coalesce(sum(coalesce(spent, reserved)), 0) INTO of_issue FROM firstdraft.runs
       WHERE place = the_place AND issue = the_issue AND run <> the_run;
     SELECT coalesce(sum(coalesce(spent, reserved)), 0) INTO of_day FROM firstdraft.runs
       WHERE place = the_place AND began_at >= today AND run <> the_run;
     SELECT coalesce(sum(coalesce(spent, reserved)), 0) INTO of_month FROM firstdraft.runs
       WHERE installation IS NOT DISTINCT FROM the_installation AND began_at >= this_month AND run <> the_run;
     UPDATE firstdraft.runs SET so_far = NULL WHERE run = the_run RETURNING reserved INTO granted;
     IF NOT FOUND THEN
       granted := least(wanted, per_issue - of_issue, per_day - of_day, per_month - of_month);
       IF wanted IS NULL OR granted >= useful THEN
         INSERT INTO firstdraft.runs (run, place, repository, issue, installation, model, reserved)
           VALUES (the_run, the_place, the_repository, the_issue, the_installation, the_model, granted);
       END IF;
     END IF;
     RETURN NEXT;
   END $body$;`,
  `CREATE TABLE firstdraft.journal_lines (
     run text NOT NULL,
     -- Counted up whenever a run is taken over.
     copy int NOT NULL,
     n int NOT NULL,
     line text NOT NULL,
     PRIMARY KEY (run, copy, n)
   );`,
  `CREATE TABLE firstdraft.paces (
     installation bigint PRIMARY KEY,
     -- No write begins before.
     next_write timestamptz,
     -- GitHub wants to be asked nothing before; null once it has answered again.
     limited_until timestamptz
   );

   CREATE FUNCTION firstdraft.turn_of(the_installation bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS $body$
     SELECT hashtextextended('firstdraft.paces ' || the_installation, 0)
   $body$;

   -- Whether a request may be made now: if \`wait\` is 0, else to be asked again in so many milliseconds. \`held\`: it has the
   -- turn then, a lock of this session. Writes need one, and so does what comes first after a limit. \`taken\`: this
   -- session has it already.
   CREATE FUNCTION firstdraft.ask_turn(the_installation bigint, writes boolean, taken boolean)
     RETURNS TABLE (held boolean, wait int, limited boolean) LANGUAGE plpgsql AS $body$
   DECLARE
     known firstdraft.paces;
   BEGIN
     limited := false;
     held := writes OR EXISTS (
       SELECT FROM firstdraft.paces WHERE installation = the_installation AND limited_until IS NOT NULL);
     IF held AND (taken OR NOT pg_try_advisory_lock(firstdraft.turn_of(the_installation))) THEN
       held := false;
       wait := 100;
       RETURN NEXT;
       RETURN;
     END IF;
     -- Not earlier: who had the turn last has written down by now when it ended.
     SELECT * INTO known FROM firstdraft.paces WHERE installation = the_installation;
     limited := coalesce(known.limited_until > clock_timestamp(), false);
     wait := ceil(1000 * extract(epoch FROM greatest(
       known.limited_until, CASE WHEN writes THEN known.next_write END, clock_timestamp()) - clock_timestamp()));
     IF wait > 0 THEN
       IF held THEN PERFORM pg_advisory_unlock(firstdraft.turn_of(the_installation)); END IF;
       held := false;
     ELSIF writes THEN
       -- Whoever dies in the middle of a write says nothing of its end.
       INSERT INTO firstdraft.paces (installation, next_write)
         VALUES (the_installation, clock_timestamp() + interval '1 second')
         ON CONFLICT (installation) DO UPDATE SET next_write = EXCLUDED.next_write;
     END IF;
     RETURN NEXT;
   END $body$;`,
  `CREATE TABLE firstdraft.cancels (
     job_key text PRIMARY KEY,
     -- By GitHub's clock: what was asked for before is cancelled.
     at timestamptz NOT NULL,
     login text NOT NULL,
     -- The delivery of the run that was waiting or at work then, and so was asked for before, if in the same second.
     stopped text
   );`,
  // A clock that is set back makes a wait of seconds one of hours: a limit that was told of in what is the future now is
  // known no more, nor is a write of then.
  `ALTER TABLE firstdraft.paces ADD COLUMN told_on timestamptz;

   CREATE FUNCTION firstdraft.limit_of(known firstdraft.paces) RETURNS timestamptz LANGUAGE sql VOLATILE AS $body$
     SELECT CASE WHEN known.limited_until IS NULL THEN NULL WHEN known.told_on > clock_timestamp() 
       THEN '-infinity'::timestamptz ELSE known.limited_until END
   $body$;

   CREATE OR REPLACE FUNCTION firstdraft.ask_turn(the_installation bigint, writes boolean, taken boolean)
     RETURNS TABLE (held boolean, wait int, limited boolean) LANGUAGE plpgsql AS $body$
   DECLARE
     known firstdraft.paces;
     free timestamptz;
   BEGIN
     limited := false;
     held := writes OR EXISTS (
       SELECT FROM firstdraft.paces WHERE installation = the_installation AND limited_until IS NOT NULL);
     IF held AND (taken OR NOT pg_try_advisory_lock(firstdraft.turn_of(the_installation))) THEN
       held := false;
       wait := 100;
       RETURN NEXT;
       RETURN;
     END IF;
     -- Not earlier: who had the turn last has written down by now when it ended.
     SELECT * INTO known FROM firstdraft.paces WHERE installation = the_installation;
     free := CASE WHEN writes AND known.next_write <= clock_timestamp() + interval '1 second' THEN known.next_write END;
     limited := coalesce(firstdraft.limit_of(known) > clock_timestamp(), false);
     wait := ceil(1000 * extract(epoch FROM
       greatest(firstdraft.limit_of(known), free, clock_timestamp()) - clock_timestamp()));
     IF wait > 0 THEN
       IF held THEN PERFORM pg_advisory_unlock(firstdraft.turn_of(the_installation)); END IF;
       held := false;
     ELSIF writes THEN
       -- Whoever dies in the middle of a write says nothing of its end.
       INSERT INTO firstdraft.paces (installation, next_write)
         VALUES (the_installation, clock_timestamp() + interval '1 second')
         ON CONFLICT (installation) DO UPDATE SET next_write = EXCLUDED.next_write;
     END IF;
     RETURN NEXT;
   END $body$;`,
];
