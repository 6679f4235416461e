# Short verbs over CMake. `make help` lists them. Build trees live in build/<preset>.

PRESETS   := release dev asan tsan fuzz
GENERATOR := $(shell command -v ninja >/dev/null 2>&1 && echo Ninja || echo Unix Makefiles)
JOBS      ?= $(shell nproc 2>/dev/null || echo 2)
PREFIX    ?= /usr/local
FUZZ_TIME ?= 60
CTEST     := ctest -j$(JOBS) --output-on-failure --no-tests=error

.PHONY: all $(PRESETS) demo test bench format format-check install clean help
.DEFAULT_GOAL := all

all: release ## build build/release/samestory (the default)

# $(call configure,PRESET): the generator is chosen at the first time and kept, even when Ninja is installed later.
configure = cmake --preset $(1) $(if $(wildcard build/$(1)/CMakeCache.txt),,-G "$(GENERATOR)")

# A tree is configured once; after that the build itself runs CMake again when it has to.
build/%/.configured:
	@tools/setup.sh --check
	$(call configure,$*)
	@touch $@

release dev: %: build/%/.configured ## build with assertions on and warnings as errors (dev)
	cmake --build build/$@ -j $(JOBS)

demo: ## build, compare the example coverage, write build/demo/report.html
	@tools/setup.sh --check >/dev/null 2>&1 || tools/setup.sh
	@$(MAKE) --no-print-directory release
	@mkdir -p build/demo
	build/release/samestory compare examples/coverage --html build/demo/report.html
	@echo
	@echo "The same as one page: build/demo/report.html"

# Every group in one run of ctest: the release tree, and the tests of the sanitizer tree whose names begin with asan.
test: ## install what the tests need, build, run every test
	@tools/setup.sh --test
	$(call configure,release) -DSST_TESTS=ON
	cmake --build build/release -j $(JOBS)
	$(call configure,asan) -DSST_TESTS=ON
	cmake --build build/asan -j $(JOBS)
ifeq ($(CI),true)
	$(call configure,dev) -DSST_TESTS=ON
	cmake --build build/dev -j $(JOBS)
endif
	@mkdir -p build/test
	@printf 'subdirs("../release" "../asan")\n' > build/test/CTestTestfile.cmake
	$(CTEST) --test-dir build/test

bench: release ## measure quality and speed into bench/*.csv
	python3 bench/run.py quality
	python3 bench/run.py speed

asan tsan: %: build/%/.configured ## build with a sanitizer and run its tests
	cmake --build build/$@ -j $(JOBS)
	$(CTEST) --test-dir build/$@

fuzz: build/fuzz/.configured ## fuzz every entry for FUZZ_TIME seconds (default 60)
	cmake --build build/fuzz -j $(JOBS)
	fuzz/run.sh build/fuzz $(FUZZ_TIME)

format: ## rewrite the sources with clang-format
	tools/check_format.sh --write

format-check: ## fail when clang-format would change a source
	tools/check_format.sh

install: release ## install under PREFIX (default /usr/local), DESTDIR honoured
	cmake --install build/release --prefix $(PREFIX)

clean: ## remove every build tree
	rm -rf build

help: ## this list
	@sed -n 's/^\([a-z][a-z -]*\):.*## \(.*\)/\1\t\2/p' Makefile | awk -F'\t' '{ printf "  make %-14s %s\n", $$1, $$2 }'
