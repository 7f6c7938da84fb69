# POSIX make and sh. `make demo` needs no more than git, make and Python with its venv module.
PORT = 8000

.PHONY: help demo test lint bench check lock

help:
	@echo "make demo [PORT=8123]  dựng và chạy / build and serve"
	@echo "make test              kiểm thử trên SQLite và PostgreSQL / test on both databases"
	@echo "make lint              soi mã / check the code"
	@echo "make check             lint + test"
	@echo "make bench             đo / measure"

demo:
	@PORT='$(PORT)' exec sh config/launch/start.sh config.launch.demo

test:
	@exec sh config/launch/start.sh tests.run test

lint:
	@exec sh config/launch/start.sh tests.run lint

check: lint test

bench:
	@exec sh config/launch/start.sh tests.run bench

# Resolves the *.in files anew; needs uv.
lock:
	@exec sh config/launch/start.sh tests.run lock
