// SPDX-License-Identifier: Apache-2.0
// What a page weighs on the wire, and how long a slow telephone waits for its form.

import { openFace } from './browser.mjs';

/** Bytes that came in, headers and all, until the network was quiet. */
export async function weigh(browser, base, path, shown) {
	const face = await openFace(browser, base);

	try {
		const cdp = await face.context.newCDPSession(face.page);
		const bytes = new Map();
		const files = new Map();

		await cdp.send('Network.enable');
		cdp.on('Network.responseReceived', (e) => files.set(e.requestId, {
			url: new URL(e.response.url).pathname, encoding: e.response.headers['Content-Encoding'] ?? '',
		}));
		cdp.on('Network.loadingFinished', (e) => bytes.set(e.requestId, e.encodedDataLength));
		await face.page.goto(base + path, { waitUntil: 'networkidle' });
		await shown(face.page);
		const each = [...bytes].map(([id, n]) => ({ bytes: n, ...files.get(id) }));

		return { total: each.reduce((sum, e) => sum + e.bytes, 0), each };
	} finally {
		await face.close();
	}
}

/** Milliseconds from the first byte asked for until `shown`, with an empty cache on such a line. */
export async function wait(browser, base, path, shown, { rtt, down, up, cpu }) {
	const face = await openFace(browser, base);

	try {
		const cdp = await face.context.newCDPSession(face.page);

		await cdp.send('Network.enable');
		await cdp.send('Network.setCacheDisabled', { cacheDisabled: true });
		await cdp.send('Network.emulateNetworkConditions', {
			offline: false, latency: rtt, downloadThroughput: down / 8, uploadThroughput: up / 8,
		});
		if (cpu > 1)
			await cdp.send('Emulation.setCPUThrottlingRate', { rate: cpu });
		const from = performance.now();
		await face.page.goto(base + path, { waitUntil: 'commit' });
		await shown(face.page);
		return Math.round(performance.now() - from);
	} finally {
		await face.close();
	}
}
