/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a fuzz target once over every file named, or in every folder named, on the command line. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/bug.h"
#include "fuzz.h"

#define INPUT_MAX (4u << 20)

static int replayed;

static void run_file(const char *path)
{
	unsigned char *data = malloc(INPUT_MAX);
	FILE *f = fopen(path, "rb");
	size_t n;

	BUG_IF(!data);
	if (!f) {
		fprintf(stderr, "cannot read %s\n", path);
		exit(1);
	}
	n = fread(data, 1, INPUT_MAX, f);
	fclose(f);
	/* an exact copy, so that one byte too far is seen */
	data = realloc(data, n ? n : 1);
	BUG_IF(!data);
	LLVMFuzzerTestOneInput(data, n);
	free(data);
	replayed++;
}

static void run(const char *path)
{
	struct dirent *e;
	struct stat st;
	char below[4096];
	DIR *dir;

	if (stat(path, &st) != 0 || !S_ISDIR(st.st_mode)) {
		run_file(path);
		return;
	}
	dir = opendir(path);
	BUG_IF(!dir);
	while ((e = readdir(dir))) {
		if (e->d_name[0] == '.')
			continue;
		BUG_IF(snprintf(below, sizeof(below), "%s/%s", path, e->d_name) >=
			(int)sizeof(below));
		run(below);
	}
	closedir(dir);
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		run(argv[i]);
	printf("%d inputs\n", replayed);
	return replayed == 0;
}
