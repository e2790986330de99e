# On a fresh Debian or Ubuntu, `make demo` shows maha at work and `make test` proves it. `make help` lists the rest.

PREFIX ?= /usr/local
CMAKE_ARGS ?=
FUZZ_SECONDS ?= 60
FUZZ_OPTIONS ?= -max_total_time=$(FUZZ_SECONDS)

sources = $(shell find src apps tests -name '*.[ch]pp')

.DEFAULT_GOAL := build
.NOTPARALLEL:
.PHONY: demo build test bench reliability fuzz format lint check install deb tarball recipes packages-check clean help packages configure

demo: packages build/build.ninja ## install what is missing, build the tools, and learn metrics for real data
	@cmake --build build --target tools
	@tests/demo.sh build/bin

build: build/build.ninja ## build everything: the tools are in build/bin/
	@cmake --build build

test: packages build ## install what is missing, build, and run every test
	@ctest --test-dir build --output-on-failure --parallel $(shell nproc)

bench: build/build.ninja ## measure speed, against peers where they are installed
	@cmake --build build --target tools bench_programs
	@tests/bench/run.sh build/bin

reliability: build ## repeat what docs/reliability.md counts (takes hours)
	@tests/reliability/run.sh build/bin

fuzz: ## make up inputs for all that reads files, and for fits; FUZZ_SECONDS=60 for each (clang)
	@cmake -S . -B build-fuzz -G Ninja -DCMAKE_CXX_COMPILER=clang++ -DMAHA_FUZZ=ON -DMAHA_SANITIZE=address,undefined \
	  -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG=-O1 $(CMAKE_ARGS)
	@cmake --build build-fuzz --target fuzz_programs
	@tests/fuzz/run.sh build-fuzz/bin $(FUZZ_OPTIONS)

format: ## lay out the sources as .clang-format says
	@clang-format-14 -i $(sources)

lint: build ## look for mistakes with clang-tidy (takes minutes)
	@run-clang-tidy -quiet -p build -extra-arg=-Wno-unknown-warning-option '^$(CURDIR)/(src|apps)/'

check: ## all that has to pass before a change goes in
	@.ci/run

install: build/build.ninja ## install the tools and the library under PREFIX (/usr/local)
	@cmake --build build --target tools
	@cmake --install build --prefix $(PREFIX)

deb: packages build/build.ninja ## make Debian packages of the tools and of the library: build/*.deb
	@cmake/packages.sh dpkg-dev
	@cmake --build build --target deb

tarball: packages build/build.ninja ## make an archive of the tools that runs on any Linux: build/maha-*.tar.xz and .tar.gz
	@cmake --build build --target tarball

recipes: build/build.ninja ## fill in recipes for vcpkg, Homebrew and conda: build/recipes; URL= where the sources will be
	@packaging/recipes.sh build "$$(sed -n 's/^CMAKE_PROJECT_VERSION:STATIC=//p' build/CMakeCache.txt)" $(URL)

packages-check: packages build/build.ninja ## show what docs/install.md says of both: bare systems, the same bytes again (as root)
	@cmake/packages.sh dpkg-dev lintian debootstrap
	@tests/package/packages.sh build

clean: ## remove what was built
	@rm -rf build build-*

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 16

packages:
	@cmake/packages.sh

# CMake configures again by itself when its files change; with CMAKE_ARGS, now.
build/build.ninja: $(if $(CMAKE_ARGS),configure)
	@cmake -S . -B build -G Ninja -DMAHA_WERROR=$(if $(CI),ON,OFF) $(CMAKE_ARGS) \
	  $(if $(shell command -v ccache),-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
