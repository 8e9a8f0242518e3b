// SPDX-License-Identifier: Apache-2.0
import react from '@vitejs/plugin-react';
import { defineConfig, type PluginOption } from 'vite';

// The page is served under the service's own Content-Security-Policy; the same one is sent here so
// that what it forbids fails on the developer's desk and not in a county.
const POLICY =
	"default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; " +
	"base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

// `npm run dev` talks to a running service (CANBAO=http://127.0.0.1:8080) or, without one, to
// mock/, which never becomes part of dist.
export default defineConfig(async ({ command, isPreview }) => {
	const plugins: PluginOption[] = [react()];
	const target = process.env.CANBAO;
	if (!target && (command === 'serve' || isPreview) && !process.env.VITEST) {
		// @ts-expect-error plain JavaScript without types: a tool of the developer's desk
		const { mock } = await import('./mock/plugin.mjs');
		plugins.push(mock());
	}
	const proxy = target ? { '/api': { target } } : undefined;
	return {
		base: '/console/',
		plugins,
		build: {
			target: 'es2020',
			// A picture inside a script would need `data:` where the policy has none.
			assetsInlineLimit: 0,
			modulePreload: { polyfill: false },
			chunkSizeWarningLimit: 900,
			rollupOptions: {
				output: {
					manualChunks(id: string) {
						if (/node_modules\/(react|react-dom|scheduler|react-router|react-router-dom|@remix-run\/router|@tanstack)\//.test(id))
							return 'frame';
						return undefined;
					},
				},
			},
		},
		server: { proxy },
		preview: { proxy, headers: { 'Content-Security-Policy': POLICY } },
		test: { environment: 'node', include: ['test/**/*.test.{ts,tsx}'] },
	} as object;
});
