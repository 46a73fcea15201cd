export const pypi = `
requests urllib3 httpx aiohttp certifi charset-normalizer idna chardet boto3 botocore s3transfer awscli numpy pandas scipy
matplotlib seaborn plotly bokeh scikit-learn scikit-image statsmodels sympy networkx numba cython xgboost lightgbm catboost
tensorflow keras torch torchvision torchaudio jax transformers tokenizers datasets huggingface-hub sentencepiece nltk spacy
gensim opencv-python pillow imageio openai anthropic langchain tiktoken flask django fastapi starlette uvicorn gunicorn
hypercorn tornado sanic bottle pyramid falcon werkzeug jinja2 markupsafe itsdangerous djangorestframework
django-cors-headers flask-cors flask-sqlalchemy flask-login flask-wtf wtforms sqlalchemy alembic psycopg2 psycopg2-binary
psycopg asyncpg pymysql mysqlclient mysql-connector-python pymongo motor redis celery kombu rq elasticsearch peewee
pydantic pydantic-core pydantic-settings marshmallow attrs cattrs jsonschema dataclasses-json typing-extensions
mypy-extensions python-dateutil pytz tzdata arrow pendulum six setuptools wheel pip virtualenv pipenv poetry poetry-core
hatchling flit-core build twine packaging pytest pytest-cov pytest-mock pytest-asyncio pytest-xdist hypothesis tox nox
coverage mock responses freezegun faker factory-boy selenium playwright black isort flake8 pylint ruff mypy bandit
pre-commit autopep8 yapf click typer rich colorama termcolor tqdm tabulate prompt-toolkit docopt fire loguru structlog
sentry-sdk pyyaml ruamel-yaml toml tomli tomlkit python-dotenv configparser beautifulsoup4 lxml html5lib bleach markdown
scrapy cryptography pycryptodome pyjwt passlib bcrypt paramiko pyopenssl pynacl oauthlib requests-oauthlib google-auth
google-api-python-client google-cloud-storage azure-storage-blob azure-identity grpcio protobuf ipython jupyter notebook
jupyterlab ipykernel nbconvert sphinx mkdocs docutils pygments psutil watchdog joblib dask pyarrow polars h5py tables
openpyxl xlrd xlsxwriter python-docx pypdf2 reportlab docker kubernetes ansible fabric invoke more-itertools cachetools
filelock platformdirs pluggy zipp importlib-metadata websockets python-socketio stripe twilio discord-py pyserial
`;
