export const maven = `
org.springframework:spring-core org.springframework:spring-context org.springframework:spring-web
org.springframework.boot:spring-boot-starter org.springframework.boot:spring-boot-starter-web
org.springframework.boot:spring-boot-starter-test org.springframework.boot:spring-boot-starter-data-jpa
org.springframework.boot:spring-boot-starter-security org.springframework.security:spring-security-core
com.fasterxml.jackson.core:jackson-databind com.fasterxml.jackson.core:jackson-core com.google.code.gson:gson
com.fasterxml.jackson.core:jackson-annotations com.google.guava:guava com.google.inject:guice
com.google.protobuf:protobuf-java org.apache.commons:commons-lang3 org.apache.commons:commons-collections4
org.apache.commons:commons-csv org.apache.commons:commons-text commons-io:commons-io commons-codec:commons-codec
commons-cli:commons-cli commons-logging:commons-logging org.apache.httpcomponents:httpclient
org.apache.httpcomponents.client5:httpclient5 com.squareup.okhttp3:okhttp com.squareup.retrofit2:retrofit
org.slf4j:slf4j-api org.slf4j:slf4j-simple ch.qos.logback:logback-classic ch.qos.logback:logback-core
org.apache.logging.log4j:log4j-core org.apache.logging.log4j:log4j-api log4j:log4j org.projectlombok:lombok
org.mapstruct:mapstruct junit:junit org.junit.jupiter:junit-jupiter org.junit.jupiter:junit-jupiter-api
org.junit.jupiter:junit-jupiter-engine org.mockito:mockito-core org.mockito:mockito-junit-jupiter org.assertj:assertj-core
org.hamcrest:hamcrest org.testcontainers:testcontainers io.rest-assured:rest-assured org.hibernate:hibernate-core
org.hibernate.orm:hibernate-core org.postgresql:postgresql mysql:mysql-connector-java com.mysql:mysql-connector-j
com.h2database:h2 org.xerial:sqlite-jdbc com.zaxxer:HikariCP org.flywaydb:flyway-core org.liquibase:liquibase-core
org.mybatis:mybatis org.apache.kafka:kafka-clients io.netty:netty-all io.micrometer:micrometer-core
io.jsonwebtoken:jjwt-api org.bouncycastle:bcprov-jdk18on org.yaml:snakeyaml org.jsoup:jsoup org.json:json
org.apache.poi:poi org.apache.poi:poi-ooxml org.apache.tomcat.embed:tomcat-embed-core jakarta.servlet:jakarta.servlet-api
javax.servlet:javax.servlet-api org.jetbrains.kotlin:kotlin-stdlib org.jetbrains.kotlinx:kotlinx-coroutines-core
org.scala-lang:scala-library org.apache.spark:spark-core_2.12 redis.clients:jedis software.amazon.awssdk:s3
`;

export const composer = `
symfony/console symfony/http-foundation symfony/http-kernel symfony/yaml symfony/process symfony/finder symfony/mailer
symfony/event-dispatcher symfony/dotenv symfony/cache symfony/translation symfony/validator symfony/serializer
symfony/http-client symfony/routing symfony/var-dumper symfony/framework-bundle symfony/twig-bundle laravel/framework
laravel/tinker laravel/sanctum laravel/passport laravel/socialite illuminate/support illuminate/database
illuminate/collections guzzlehttp/guzzle guzzlehttp/psr7 guzzlehttp/promises psr/log psr/container psr/http-message
psr/cache psr/simple-cache monolog/monolog doctrine/orm doctrine/dbal doctrine/collections doctrine/inflector
doctrine/migrations doctrine/annotations twig/twig nesbot/carbon ramsey/uuid league/flysystem league/csv
league/commonmark league/oauth2-client phpunit/phpunit mockery/mockery fakerphp/faker pestphp/pest phpstan/phpstan
squizlabs/php_codesniffer friendsofphp/php-cs-fixer vimeo/psalm rector/rector vlucas/phpdotenv nikic/php-parser
phpmailer/phpmailer swiftmailer/swiftmailer predis/predis firebase/php-jwt stripe/stripe-php aws/aws-sdk-php
phpseclib/phpseclib phpoffice/phpspreadsheet dompdf/dompdf intervention/image slim/slim cakephp/cakephp
codeigniter4/framework yiisoft/yii2 laminas/laminas-diactoros nyholm/psr7 spatie/laravel-permission livewire/livewire
filp/whoops composer/composer composer/semver sebastian/diff webmozart/assert wikimedia/composer-merge-plugin
`;

export const rubygems = `
rails railties activerecord activesupport actionpack actionmailer activejob activemodel sinatra rack rack-cors rack-test
puma unicorn thin sidekiq resque delayed_job redis pg mysql2 sqlite3 mongoid sequel devise omniauth omniauth-oauth2
cancancan pundit doorkeeper jwt bcrypt faraday httparty rest-client excon typhoeus net-ssh nokogiri mechanize json oj
multi_json yajl-ruby builder rspec rspec-core rspec-rails rspec-expectations rspec-mocks minitest test-unit capybara
selenium-webdriver factory_bot factory_bot_rails faker webmock vcr simplecov timecop shoulda-matchers database_cleaner
rubocop rubocop-rails rubocop-rspec standard brakeman bundler rake pry pry-byebug byebug irb dotenv dotenv-rails thor
slop highline tty-prompt colorize rainbow i18n tzinfo concurrent-ruby dry-types dry-validation grape graphql jbuilder
active_model_serializers kaminari will_paginate pagy carrierwave shrine paperclip mini_magick image_processing aws-sdk
aws-sdk-s3 fog stripe sentry-ruby newrelic_rpm bootsnap spring listen turbo-rails stimulus-rails importmap-rails webpacker
sprockets sass-rails sassc uglifier jquery-rails bootstrap slim haml liquid redcarpet kramdown jekyll fastlane cocoapods
`;
