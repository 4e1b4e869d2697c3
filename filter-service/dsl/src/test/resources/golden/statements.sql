-- count
select count(*) as "count" from "ingest"."entity_jsonb" as "t" where ("t"."tenant_id" = $1::uuid and "t"."entity_id" COLLATE "C" >= $2::text and "t"."entity_id" COLLATE "C" < $3::text)

-- first page
select ("t"."attributes"->>'origin') as "origin", ("t"."attributes"->>'delay')::bigint as "delay", "t"."entity_id"::text as "entity_id" from "ingest"."entity_jsonb" as "t" where ("t"."tenant_id" = $1::uuid and "t"."entity_id" COLLATE "C" >= $2::text and "t"."entity_id" COLLATE "C" < $3::text and ("t"."attributes"->>'delay')::bigint > $4::bigint) order by ("t"."attributes"->>'delay')::bigint desc nulls last, "t"."entity_id" COLLATE "C" desc nulls first fetch next ($5::bigint) rows only

-- next page, nulls last
select ("t"."attributes"->>'origin') as "origin", ("t"."attributes"->>'delay')::bigint as "delay", "t"."entity_id"::text as "entity_id" from "ingest"."entity_jsonb" as "t" where ("t"."tenant_id" = $1::uuid and "t"."entity_id" COLLATE "C" >= $2::text and "t"."entity_id" COLLATE "C" < $3::text and (("t"."attributes"->>'delay')::bigint < $4::bigint or ("t"."attributes"->>'delay')::bigint IS NULL or (("t"."attributes"->>'delay')::bigint = $5::bigint and "t"."entity_id" COLLATE "C" < $6::text))) order by ("t"."attributes"->>'delay')::bigint desc nulls last, "t"."entity_id" COLLATE "C" desc nulls first fetch next ($7::bigint) rows only

-- next page, nulls first
select ("t"."attributes"->>'origin') as "origin", ("t"."attributes"->>'delay')::bigint as "delay", "t"."entity_id"::text as "entity_id" from "ingest"."entity_jsonb" as "t" where ("t"."tenant_id" = $1::uuid and "t"."entity_id" COLLATE "C" >= $2::text and "t"."entity_id" COLLATE "C" < $3::text and ("t"."attributes"->>'delay')::bigint >= $4::bigint and (("t"."attributes"->>'delay')::bigint > $5::bigint or (("t"."attributes"->>'delay')::bigint = $6::bigint and "t"."entity_id" COLLATE "C" > $7::text))) order by ("t"."attributes"->>'delay')::bigint asc nulls first, "t"."entity_id" COLLATE "C" asc nulls last fetch next ($8::bigint) rows only

-- next page after nulls
select ("t"."attributes"->>'origin') as "origin", ("t"."attributes"->>'delay')::bigint as "delay", "t"."entity_id"::text as "entity_id" from "ingest"."entity_jsonb" as "t" where ("t"."tenant_id" = $1::uuid and "t"."entity_id" COLLATE "C" >= $2::text and "t"."entity_id" COLLATE "C" < $3::text and (("t"."attributes"->>'delay')::bigint IS NOT NULL or (("t"."attributes"->>'delay')::bigint IS NULL and "t"."entity_id" COLLATE "C" > $4::text))) order by ("t"."attributes"->>'delay')::bigint asc nulls first, "t"."entity_id" COLLATE "C" asc nulls last fetch next ($5::bigint) rows only

-- next page, one way and never absent
select "t"."balance"::numeric as "balance", "t"."created_at"::timestamptz as "created_at", "t"."id"::uuid as "id" from "crm"."accounts" as "t" where ("t"."tenant_id" = $1::uuid and ("t"."created_at", "t"."id") < ($2::timestamptz, $3::uuid)) order by "t"."created_at" desc nulls first, "t"."id" desc nulls first fetch next ($4::bigint) rows only

-- stream of every operator
select ("t"."attributes"->>'origin') as "origin", ("t"."attributes"->>'date')::timestamptz as "date" from "ingest"."entity_jsonb" as "t" where ("t"."tenant_id" = $1::uuid and "t"."entity_id" COLLATE "C" >= $2::text and "t"."entity_id" COLLATE "C" < $3::text and ("t"."attributes"->>'origin') COLLATE "C" = $4::text and ("t"."attributes"->>'origin') COLLATE "C" IS DISTINCT FROM $5::text and ("t"."attributes"->>'delay')::bigint >= $6::bigint and ("t"."attributes"->>'delay')::bigint < $7::bigint and ("t"."attributes"->>'origin') COLLATE "C" = ANY ($8::text[]) and lower(("t"."attributes"->>'origin') COLLATE "pg_c_utf8") COLLATE "C" LIKE $9::text and ("t"."attributes"->>'date')::timestamptz <= $10::timestamptz and (("t"."attributes"->>'delay')::bigint IS NULL or ("t"."attributes"->>'delay')::bigint >= $11::bigint))

-- complement of every operator
select count(*) as "count" from "ingest"."entity_jsonb" as "t" where ("t"."tenant_id" = $1::uuid and "t"."entity_id" COLLATE "C" >= $2::text and "t"."entity_id" COLLATE "C" < $3::text and ((("t"."attributes"->>'origin') COLLATE "C" = $4::text) IS NOT TRUE or ("t"."attributes"->>'origin') COLLATE "C" = $5::text or ((("t"."attributes"->>'delay')::bigint >= $6::bigint and ("t"."attributes"->>'delay')::bigint < $7::bigint)) IS NOT TRUE or (("t"."attributes"->>'origin') COLLATE "C" = ANY ($8::text[])) IS NOT TRUE or (("t"."attributes"->>'delay')::bigint IS NOT NULL and ("t"."attributes"->>'delay')::bigint >= $9::bigint) or true or false))
