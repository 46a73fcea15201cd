export const npm = `
react react-dom react-router react-router-dom react-redux react-hook-form preact vue vue-router vuex pinia svelte solid-js
next nuxt gatsby angular @angular/core @angular/common @vue/compiler-sfc redux @reduxjs/toolkit mobx zustand immer rxjs
express koa fastify hapi @hapi/hapi @nestjs/core @nestjs/common body-parser cookie-parser cors helmet morgan multer
compression express-session passport jsonwebtoken bcrypt bcryptjs socket.io socket.io-client ws http-proxy http-errors
axios got node-fetch cross-fetch undici superagent request needle ky form-data qs
lodash lodash-es underscore ramda async bluebird moment moment-timezone dayjs date-fns luxon uuid nanoid classnames clsx
chalk colors kleur picocolors ansi-styles strip-ansi ora cli-progress commander yargs yargs-parser minimist meow inquirer
prompts enquirer debug winston pino bunyan log4js loglevel dotenv config cross-env cross-spawn execa shelljs rimraf mkdirp
glob globby fast-glob minimatch micromatch picomatch chokidar fs-extra graceful-fs semver tslib core-js regenerator-runtime
webpack webpack-cli webpack-dev-server rollup vite esbuild parcel gulp grunt browserify terser uglify-js swc @swc/core
@babel/core @babel/preset-env @babel/cli babel-loader css-loader style-loader file-loader postcss autoprefixer sass
node-sass less tailwindcss bootstrap styled-components @emotion/react @mui/material antd jquery d3 three chart.js leaflet
typescript ts-node ts-jest tsx @types/node @types/react @types/jest @types/lodash eslint prettier stylelint husky
lint-staged @biomejs/biome eslint-plugin-react eslint-plugin-import eslint-config-prettier
jest mocha chai sinon jasmine karma vitest ava tape nyc c8 nock supertest cypress playwright @playwright/test puppeteer
jsdom cheerio enzyme @testing-library/react fast-check faker @faker-js/faker
mongoose mongodb mysql mysql2 pg sqlite3 better-sqlite3 redis ioredis knex sequelize typeorm prisma @prisma/client
graphql apollo-server @apollo/client ajv joi yup zod validator ejs handlebars mustache pug marked markdown-it
highlight.js js-yaml yaml xml2js fast-xml-parser csv-parse papaparse ini toml nodemailer sharp jimp archiver tar
aws-sdk @aws-sdk/client-s3 firebase stripe openai @anthropic-ai/sdk discord.js electron react-native expo
`;
