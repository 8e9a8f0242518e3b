#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The scenarios, with the packages they need: run.sh [name pattern]
set -eu
cd "$(dirname "$0")"
if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
	PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund >/dev/null || {
		echo "npm 没能取到测试要用的软件包，请检查网络 / npm could not fetch what the tests need; check the network" >&2
		exit 1
	}
fi
if [ $# -gt 0 ]; then
	exec node --test --test-name-pattern="$1" all.test.mjs
fi
exec node --test all.test.mjs
