/* SPDX-License-Identifier: Apache-2.0 */
/* Every route of the service, one line each; openapi.yaml describes the same ones (a test
 * compares).
 *
 * To add a route: write `int http_<resource>_<verb>(struct request *rq, struct reply *rp)` in
 * http_<resource>.c (it fills `rp` and answers 0, see http.h), list the file in meson.build, and
 * add a line here:
 *
 *     X(METHOD, path, permission, body, handler, flags)
 *
 * METHOD: GET, POST, PUT, DELETE.  path: fixed parts and {names}, at most three of those; a fixed
 * part wins over a name.  permission: a name of PERMISSIONS (acts/roles.h), ANYBODY or VISITOR.
 * body: NONE, JSON, FILE.  flags: ROUTE_… of http.h, 0 for none. */
#ifndef CANBAO_DOORS_HTTP_ROUTES_H
#define CANBAO_DOORS_HTTP_ROUTES_H

#define ROUTES(X) \
	X(POST, "/api/v1/people/search", READ_PEOPLE, JSON, http_people_search, 0) \
	X(GET, "/api/v1/people/{id}", READ_PEOPLE, NONE, http_person_read, 0) \
	X(POST, "/api/v1/people/{id}/unmask", UNMASK, JSON, http_person_unmask, 0) \
	X(GET, "/api/v1/people/{id}/looks", READ_PEOPLE, NONE, http_person_looks, 0) \
	X(GET, "/api/v1/payments", READ_MONEY, NONE, http_payments, 0) \
	X(POST, "/api/v1/payments", TAKE_PAYMENT, JSON, http_payment_take, ROUTE_IDEMPOTENT) \
	X(GET, "/api/v1/bills", READ_MONEY, NONE, http_bills, 0) \
	X(GET, "/api/v1/missing", READ_MISSING, NONE, http_missing, 0) \
	X(GET, "/api/v1/desk", READ_DESK, NONE, http_desk, 0) \
	X(GET, "/api/v1/divisions", READ_DIVISIONS, NONE, http_divisions, 0) \
	X(PUT, "/api/v1/divisions/{id}/grid", MANAGE_GRID, JSON, http_grid_put, 0) \
	X(GET, "/api/v1/policies", READ_POLICY, NONE, http_policies, 0) \
	X(GET, "/api/v1/policies/{code}", READ_POLICY, NONE, http_policy_read, 0) \
	X(POST, "/api/v1/policies/{code}/try", READ_POLICY, JSON, http_policy_try, 0) \
	X(GET, "/api/v1/system", READ_SYSTEM, NONE, http_system_read, 0) \
	X(GET, "/api/v1/reports/{report}", READ_REPORTS, NONE, http_report_read, 0) \
	X(GET, "/api/v1/progress/days", READ_REPORTS, NONE, http_progress_days, 0) \
	X(POST, "/api/v1/sessions", ANYBODY, JSON, http_session_open, ROUTE_LOGIN) \
	X(GET, "/api/v1/session", OWN_ACCOUNT, NONE, http_session_read, 0) \
	X(DELETE, "/api/v1/session", OWN_ACCOUNT, NONE, http_session_close, 0) \
	X(POST, "/api/v1/session/password", OWN_ACCOUNT, JSON, http_password_change, 0) \
	X(POST, "/api/v1/session/totp", OWN_ACCOUNT, JSON, http_totp_begin, 0) \
	X(PUT, "/api/v1/session/totp", OWN_ACCOUNT, JSON, http_totp_confirm, 0) \
	X(POST, "/api/v1/session/strong", OWN_ACCOUNT, JSON, http_session_strong, 0) \
	X(GET, "/api/v1/roles", READ_ACCOUNTS, NONE, http_roles, 0) \
	X(GET, "/api/v1/accounts", READ_ACCOUNTS, NONE, http_accounts, 0) \
	X(POST, "/api/v1/accounts", ASK_ACCOUNT, JSON, http_account_ask, 0) \
	X(POST, "/api/v1/accounts/{id}/grant", GRANT_ACCOUNT, NONE, http_account_grant, 0) \
	X(POST, "/api/v1/accounts/{id}/reset", GRANT_ACCOUNT, JSON, http_account_reset, 0) \
	X(PUT, "/api/v1/accounts/{id}/role", GRANT_ACCOUNT, JSON, http_account_move, 0) \
	X(POST, "/api/v1/accounts/{id}/close", ASK_ACCOUNT, JSON, http_account_close, 0) \
	X(GET, "/api/v1/api-clients", MANAGE_CLIENTS, NONE, http_clients, 0) \
	X(POST, "/api/v1/api-clients", MANAGE_CLIENTS, JSON, http_client_add, 0) \
	X(POST, "/api/v1/api-clients/{code}/rotate", MANAGE_CLIENTS, NONE, http_client_rotate, 0) \
	X(POST, "/api/v1/api-clients/{code}/close", MANAGE_CLIENTS, NONE, http_client_close, 0) \
	X(GET, "/api/v1/oidc/login", ANYBODY, NONE, http_oidc_login, ROUTE_LOGIN) \
	X(GET, "/api/v1/oidc/callback", ANYBODY, NONE, http_oidc_callback, ROUTE_LOGIN) \
	X(GET, "/api/v1/audit-trail", READ_TRAIL, NONE, http_trail, 0) \
	X(GET, "/healthz", ANYBODY, NONE, http_health, 0) \
	X(GET, "/readyz", ANYBODY, NONE, http_ready, 0) \
	X(GET, "/api/v1/season", ANYBODY, NONE, http_season, 0) \
	X(POST, "/api/v1/resident/visits", ANYBODY, JSON, http_visit_open, 0) \
	X(GET, "/api/v1/resident/visit", VISITOR, NONE, http_visit_read, 0) \
	X(DELETE, "/api/v1/resident/visit", ANYBODY, NONE, http_visit_close, 0) \
	X(POST, "/api/v1/resident/visit/people", VISITOR, JSON, http_visit_add, 0) \
	X(GET, "/api/v1/resident/why", VISITOR, NONE, http_visit_why, 0) \
	X(GET, "/api/v1/resident/looks", VISITOR, NONE, http_visit_looks, 0) \
	X(POST, "/api/v1/resident/orders", VISITOR, JSON, http_order_make, ROUTE_IDEMPOTENT) \
	X(GET, "/api/v1/resident/orders/{number}", ANYBODY, NONE, http_order_read, 0) \
	X(GET, "/api/v1/resident/orders/{number}/qr.svg", ANYBODY, NONE, http_order_qr, 0) \
	X(GET, "/api/v1/resident/orders/{number}/receipt.pdf", ANYBODY, NONE, \
		http_order_receipt, 0) \
	X(GET, "/api/v1/resident/record", VISITOR, NONE, http_visit_record, 0) \
	X(POST, "/api/v1/resident/evidence", ANYBODY, FILE, http_evidence_file, ROUTE_EVIDENCE) \
	X(POST, "/api/v1/resident/registrations", ANYBODY, JSON, http_registration_ask, \
		ROUTE_IDEMPOTENT) \
	X(GET, "/api/v1/resident/registrations/{number}", ANYBODY, NONE, http_registration_state, \
		0) \
	X(POST, "/api/v1/resident/tickets", ANYBODY, JSON, http_ticket_open, ROUTE_IDEMPOTENT) \
	X(GET, "/api/v1/resident/tickets/{number}", ANYBODY, NONE, http_ticket_state, 0) \
	X(GET, "/api/v1/resident/divisions", ANYBODY, NONE, http_resident_divisions, 0) \
	X(GET, "/api/v1/people/{id}/evidence", READ_EVIDENCE, NONE, http_person_evidence, 0) \
	X(GET, "/api/v1/evidence/{id}", READ_EVIDENCE, NONE, http_evidence_read, 0) \
	X(GET, "/api/v1/registrations", DECIDE_REGISTRATION, NONE, http_registrations, 0) \
	X(POST, "/api/v1/registrations/{id}/decision", DECIDE_REGISTRATION, JSON, \
		http_registration_decide, 0) \
	X(GET, "/api/v1/tickets", ANSWER_TICKETS, NONE, http_tickets, 0) \
	X(POST, "/api/v1/tickets/{id}/answer", ANSWER_TICKETS, JSON, http_ticket_answer, 0) \
	X(POST, "/api/v1/cover/search", READ_COVER, JSON, http_cover_search, 0) \
	X(GET, "/api/v1/cover/changes", READ_COVER, NONE, http_cover_changes, 0) \
	X(POST, "/api/v1/channels/{channel}/notifications", NOTIFY_PAYMENT, JSON, \
		http_channel_notify, 0) \
	X(POST, "/api/v1/uploads", READ_JOBS, FILE, http_upload, 0) \
	X(GET, "/api/v1/uploads/{id}/preview", READ_JOBS, NONE, http_upload_preview, 0) \
	X(GET, "/api/v1/imports", READ_JOBS, NONE, http_imports, 0) \
	X(POST, "/api/v1/imports", READ_JOBS, JSON, http_import_ask, ROUTE_IDEMPOTENT) \
	X(POST, "/api/v1/assessments", ASSESS, JSON, http_assess_ask, ROUTE_IDEMPOTENT) \
	X(GET, "/api/v1/jobs", READ_JOBS, NONE, http_jobs, 0) \
	X(GET, "/api/v1/jobs/{id}", READ_JOBS, NONE, http_job_read, 0) \
	X(GET, "/api/v1/jobs/{id}/events", READ_JOBS, NONE, http_job_events, ROUTE_STREAM) \
	X(POST, "/api/v1/jobs/{id}/cancel", READ_JOBS, NONE, http_job_cancel, 0) \
	X(GET, "/api/v1/jobs/{id}/errors", READ_JOBS, NONE, http_job_errors, 0) \
	X(GET, "/api/v1/exports", EXPORT, NONE, http_exports, 0) \
	X(POST, "/api/v1/exports", EXPORT, JSON, http_export_ask, 0) \
	X(POST, "/api/v1/exports/{id}/decision", APPROVE_EXPORT, JSON, http_export_decide, 0) \
	X(GET, "/api/v1/exports/{id}/file", EXPORT, NONE, http_export_file, 0) \
	X(GET, "/metrics", ANYBODY, NONE, http_metrics, 0)

#endif
