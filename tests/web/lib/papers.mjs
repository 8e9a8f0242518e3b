// SPDX-License-Identifier: Apache-2.0
// What people bring along: made-up identity numbers with a right check digit, a picture as evidence, lists as CSV.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import zlib from 'node:zlib';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** An identity number (GB 11643) of a place, a day of birth (YYYY-MM-DD) and an order code; odd codes are men. */
export function idNumber(place, birth, order) {
	const head = place + birth.replaceAll('-', '') + String(order).padStart(3, '0');
	const sum = WEIGHTS.reduce((s, w, i) => s + w * Number(head[i]), 0);

	return head + '10X98765432'[sum % 11];
}

/** The same with a check digit that cannot be. */
export function wrongNumber(number) {
	return number.slice(0, 17) + (number[17] === '1' ? '2' : '1');
}

function chunk(type, data) {
	const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	const out = Buffer.alloc(12 + data.length);

	out.writeUInt32BE(data.length, 0);
	body.copy(out, 4);
	out.writeUInt32BE(crc32(body), 8 + data.length);
	return out;
}

function crc32(bytes) {
	let crc = ~0;

	for (const b of bytes) {
		crc ^= b;
		for (let k = 0; k < 8; k++)
			crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
	}
	return ~crc >>> 0;
}

/** A PNG that is a real picture: grey stripes. */
export function picture(width = 320, height = 200) {
	const head = Buffer.alloc(13);

	head.writeUInt32BE(width, 0);
	head.writeUInt32BE(height, 4);
	head.set([8, 0, 0, 0, 0], 8);
	const rows = Buffer.alloc((width + 1) * height);
	for (let y = 0; y < height; y++)
		rows.fill(y % 16 < 8 ? 200 : 240, y * (width + 1) + 1, (y + 1) * (width + 1));
	return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head),
		chunk('IDAT', zlib.deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

export function csv(rows) {
	return Buffer.from('\ufeff' + rows.map((r) => r.join(',')).join('\r\n') + '\r\n');
}

/** The text of a PDF, as pdftotext (poppler-utils) reads it. */
export function pdfText(path) {
	const done = spawnSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });

	if (done.status !== 0)
		throw new Error(`pdftotext: ${done.error ?? done.stderr}`);
	return done.stdout;
}

export function readText(path) {
	return fs.readFileSync(path, 'utf8').replace(/^\ufeff/, '');
}
