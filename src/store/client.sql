-- SPDX-License-Identifier: Apache-2.0
-- Other systems that call with signed requests.

-- name: api_client_insert
INSERT INTO api_client (county, id, name, role, unit, state, key_seal, audit)
VALUES (?1, ?2, ?3, ?4, ?5, 'active', ?6, ?7);

-- name: api_client_update
UPDATE api_client SET state = ?3, key_seal = ?4, old_key_seal = ?5, old_until = ?6, audit = ?7
WHERE county = ?1 AND id = ?2;

-- name: api_client_by_id
SELECT id, name, role, unit, state, key_seal, old_key_seal, old_until, audit FROM api_client
WHERE county = ?1 AND id = ?2;

-- name: api_client_all
SELECT id, name, role, unit, state, key_seal, old_key_seal, old_until, audit FROM api_client
WHERE county = ?1 ORDER BY id LIMIT ?2;

-- name: api_nonce_add
-- Changes no row when the nonce was used.
INSERT INTO api_nonce (county, client, nonce, at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING;

-- name: api_nonce_clear
DELETE FROM api_nonce WHERE county = ?1 AND at < ?2;
