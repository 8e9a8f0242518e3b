/* SPDX-License-Identifier: Apache-2.0 */
/* What lies too long in the spool folder goes: bodies of requests that a killed server left behind,
 * rows that came back, exports.  Uploads go with their rows in the store. */
#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "doors/http/jobs.h"

static bool ours(const char *name)
{
	static const char *const begins[] = { "in-", "returned-", "export-" };

	for (size_t i = 0; i < ARRAY_LEN(begins); i++)
		if (strncmp(name, begins[i], strlen(begins[i])) == 0)
			return true;
	return false;
}

void spool_sweep(const char *folder, int64_t seconds)
{
	DIR *dir = opendir(folder);
	int64_t before = (int64_t)time(NULL) - seconds;
	struct dirent *e;
	struct stat st;

	while (dir && (e = readdir(dir)) != NULL)
		if (ours(e->d_name) &&
			fstatat(dirfd(dir), e->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
			S_ISREG(st.st_mode) && (int64_t)st.st_mtime < before)
			unlinkat(dirfd(dir), e->d_name, 0);
	if (dir)
		closedir(dir);
}
