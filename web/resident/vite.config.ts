// SPDX-License-Identifier: Apache-2.0
import { defineConfig } from 'vite';
import { mockApi } from './mock/server';

// The mock answers only `vite` and `vite preview`; nothing of it is built.  CANBAO_API hands the API on to a real server.
const real = process.env.CANBAO_API;
const proxy = real ? { '/api': { target: real, changeOrigin: true } } : undefined;

export default defineConfig({
	plugins: real ? [] : [mockApi()],
	esbuild: { jsx: 'automatic', jsxImportSource: 'preact', legalComments: 'none' },
	server: { host: '127.0.0.1', proxy },
	preview: {
		host: '127.0.0.1',
		proxy,
		headers: { 'Content-Security-Policy': "default-src 'self'" },
	},
	build: {
		target: 'es2017',
		cssTarget: ['chrome61', 'safari11'],
		assetsDir: 'assets',
		assetsInlineLimit: 0,
		modulePreload: { polyfill: false },
		sourcemap: false,
	},
	test: { environment: 'node', setupFiles: ['test/setup.ts'], include: ['test/**/*.test.ts'] },
} as Parameters<typeof defineConfig>[0]);
