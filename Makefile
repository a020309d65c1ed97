# 阳光体育 · 信息公开平台。`make help` 列出全部命令 / lists every command.
export PORT HOST PYTHON PYTEST_ARGS ENGINES
WITH_PYTHON = sh scripts/with_python.sh
VENV_PYTHON = .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help run sandbox test lint format messages bench prove search-eval screenshots requirements libraries

help: ## 列出全部命令 / list the commands
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)$$/  make \1\t\2/p' Makefile | expand -t 20

run: ## 构建（仅首次）并启动门户，PORT=8000 HOST=127.0.0.1 / build on the first run, then serve
	@$(WITH_PYTHON) scripts/run.py

sandbox: ## 练习环境，PORT=8001，每次启动恢复原状 / a training sandbox, reset at every start
	@$(WITH_PYTHON) scripts/sandbox.py

test: libraries ## 全部测试，乱序，含浏览器，PYTEST_ARGS= / every test, shuffled, browser included
	@$(VENV_PYTHON) scripts/run_tests.py

lint: libraries ## 代码、分层、模板、迁移、译文、安全设置检查 / code, layers, templates, security
	@$(VENV_PYTHON) scripts/lint.py

format: libraries ## 自动整理代码与模板 / format code and templates
	@$(VENV_PYTHON) scripts/lint.py --fix

messages: libraries ## 编译译文 / compile the translations
	@$(VENV_PYTHON) scripts/check_messages.py --compile

bench: libraries ## 性能测量 / measure speed and size
	@PYTHONPATH=.:site $(VENV_PYTHON) -m tests.benchmarks

prove: libraries ## 完整规模、PostgreSQL、全新克隆的验证 / full numbers, PostgreSQL, a clean clone
	@$(VENV_PYTHON) scripts/prove.py

search-eval: libraries ## 检索质量，ENGINES=sqlite,postgresql / how good the search is, engine by engine
	@$(VENV_PYTHON) scripts/search_eval.py

screenshots: libraries ## 重拍文档中的图片 / take the pictures of the documents again
	@$(VENV_PYTHON) scripts/screenshots.py

requirements: libraries ## 重新锁定依赖版本与校验值 / pin versions and hashes again
	@$(VENV_PYTHON) scripts/compile_requirements.py

libraries:
	@$(WITH_PYTHON) scripts/venv_install.py --dev
