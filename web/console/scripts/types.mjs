// SPDX-License-Identifier: Apache-2.0
// Writes src/api/contract.ts from openapi.yaml: what each operation takes and answers.  Run by hand
// (`npm run types`) when the contract changes; a test fails while the two differ.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
// Pages of other faces: not ours to call, but for the season and the divisions, which everybody may read.
const TAGS = new Set(['session', 'office', 'lists', 'policy', 'work', 'accounts']);
const ALSO = new Set(['season', 'resident_divisions']);

function refName(ref) {
	return ref.split('/').pop();
}

function key(name) {
	return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : JSON.stringify(name);
}

function typeOf(schema) {
	if (!schema) return 'unknown';
	if (schema.$ref) return refName(schema.$ref);
	if (schema.enum) return schema.enum.map((v) => JSON.stringify(v)).join(' | ');
	const kinds = Array.isArray(schema.type) ? schema.type : [schema.type];
	return kinds.map((kind) => one(kind, schema)).join(' | ');
}

function one(kind, schema) {
	switch (kind) {
	case 'string':
		return 'string';
	case 'integer':
	case 'number':
		return 'number';
	case 'boolean':
		return 'boolean';
	case 'null':
		return 'null';
	case 'array':
		return `Array<${typeOf(schema.items)}>`;
	default:
		return objectOf(schema);
	}
}

function objectOf(schema) {
	if (!schema.properties)
		return `Record<string, ${typeof schema.additionalProperties === 'object' ? typeOf(schema.additionalProperties) : 'unknown'}>`;
	const required = new Set(schema.required ?? []);
	const fields = Object.entries(schema.properties).map(
		([name, sub]) => `${key(name)}${required.has(name) ? '' : '?'}: ${typeOf(sub)}`,
	);
	return `{ ${fields.join('; ')} }`;
}

function resolve(document, item) {
	return item.$ref ? document.components.parameters[refName(item.$ref)] : item;
}

function group(parameters, place) {
	const mine = parameters.filter((p) => p.in === place);
	if (mine.length === 0) return null;
	return `{ ${mine.map((p) => `${key(p.name)}${p.required ? '' : '?'}: ${typeOf(p.schema)}`).join('; ')} }`;
}

function answerOf(operation) {
	for (const status of ['200', '201', '202']) {
		const content = operation.responses[status]?.content;
		if (!content) continue;
		return content['application/json'] ? typeOf(content['application/json'].schema) : 'Blob';
	}
	return 'null';
}

function operationsOf(document) {
	const all = [];
	for (const [path, item] of Object.entries(document.paths))
		for (const method of ['get', 'post', 'put', 'delete']) {
			const operation = item[method];
			if (!operation) continue;
			if (!TAGS.has(operation.tags[0]) && !ALSO.has(operation.operationId)) continue;
			const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((p) =>
				resolve(document, p),
			);
			const body = operation.requestBody?.content;
			all.push({
				id: operation.operationId,
				method: method.toUpperCase(),
				path,
				permission: operation['x-permission'],
				idempotent: Boolean(operation['x-idempotent']),
				args: {
					path: group(parameters, 'path'),
					query: group(parameters, 'query'),
					body: body ? (body['application/json'] ? typeOf(body['application/json'].schema) : 'Blob') : null,
				},
				answer: answerOf(operation),
			});
		}
	return all;
}

export function render(document) {
	const out = [
		'// SPDX-License-Identifier: Apache-2.0',
		'// Written by scripts/types.mjs from openapi.yaml; not by hand.',
		'',
	];
	for (const [name, schema] of Object.entries(document.components.schemas))
		if (schema.enum) out.push(`export type ${name} = ${typeOf(schema)};`, '');
		else {
			const required = new Set(schema.required ?? []);
			out.push(`export interface ${name} {`);
			for (const [field, sub] of Object.entries(schema.properties))
				out.push(`\t${key(field)}${required.has(field) ? '' : '?'}: ${typeOf(sub)};`);
			out.push('}', '');
		}
	const all = operationsOf(document);
	out.push('export interface Operations {');
	for (const o of all) {
		const args = Object.entries(o.args).filter(([, type]) => type);
		out.push(`\t${o.id}: {`);
		for (const [place, type] of args) out.push(`\t\t${place}: ${type};`);
		out.push(`\t\tanswer: ${o.answer};`, '\t};');
	}
	out.push('}', '');
	out.push('export const operations = {');
	for (const o of all)
		out.push(
			`\t${o.id}: { method: '${o.method}', path: '${o.path}', may: '${o.permission}', idempotent: ${o.idempotent} },`,
		);
	out.push('} as const;', '');
	return out.join('\n');
}

export function contract() {
	return parse(readFileSync(here('../../../openapi.yaml'), 'utf8'));
}

if (process.argv[1] === fileURLToPath(import.meta.url))
	writeFileSync(here('../src/api/contract.ts'), render(contract()));
