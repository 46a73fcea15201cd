export const go = `
github.com/gin-gonic/gin github.com/gorilla/mux github.com/gorilla/websocket github.com/gorilla/sessions
github.com/gorilla/handlers github.com/labstack/echo github.com/labstack/echo/v4 github.com/gofiber/fiber/v2
github.com/go-chi/chi github.com/go-chi/chi/v5 github.com/go-chi/cors github.com/julienschmidt/httprouter
github.com/valyala/fasthttp github.com/urfave/cli github.com/urfave/cli/v2 github.com/spf13/cobra github.com/spf13/viper
github.com/spf13/pflag github.com/spf13/afero github.com/spf13/cast github.com/sirupsen/logrus go.uber.org/zap
go.uber.org/fx go.uber.org/atomic go.uber.org/multierr github.com/rs/zerolog github.com/go-logr/logr k8s.io/klog/v2
github.com/stretchr/testify github.com/golang/mock github.com/onsi/ginkgo github.com/onsi/ginkgo/v2 github.com/onsi/gomega
github.com/google/go-cmp github.com/google/uuid github.com/google/wire github.com/google/gofuzz
github.com/google/go-github github.com/DATA-DOG/go-sqlmock github.com/jarcoal/httpmock gotest.tools/v3
github.com/pkg/errors github.com/hashicorp/go-multierror github.com/cenkalti/backoff/v4 github.com/avast/retry-go
gorm.io/gorm gorm.io/driver/postgres gorm.io/driver/mysql gorm.io/driver/sqlite github.com/jinzhu/gorm
github.com/jmoiron/sqlx github.com/lib/pq github.com/jackc/pgx github.com/jackc/pgx/v5 github.com/go-sql-driver/mysql
github.com/mattn/go-sqlite3 modernc.org/sqlite go.mongodb.org/mongo-driver github.com/redis/go-redis/v9
github.com/go-redis/redis github.com/go-redis/redis/v8 github.com/gomodule/redigo github.com/dgraph-io/badger
go.etcd.io/bbolt github.com/boltdb/bolt github.com/syndtr/goleveldb github.com/elastic/go-elasticsearch/v8
github.com/golang-migrate/migrate/v4 github.com/pressly/goose/v3 entgo.io/ent github.com/volatiletech/sqlboiler/v4
google.golang.org/grpc google.golang.org/protobuf google.golang.org/api google.golang.org/genproto
github.com/golang/protobuf github.com/gogo/protobuf github.com/grpc-ecosystem/grpc-gateway/v2 cloud.google.com/go
cloud.google.com/go/storage github.com/aws/aws-sdk-go github.com/aws/aws-sdk-go-v2 github.com/Azure/azure-sdk-for-go
golang.org/x/crypto golang.org/x/net golang.org/x/sync golang.org/x/sys golang.org/x/text golang.org/x/time
golang.org/x/tools golang.org/x/oauth2 golang.org/x/exp golang.org/x/term golang.org/x/mod golang.org/x/image
gopkg.in/yaml.v2 gopkg.in/yaml.v3 sigs.k8s.io/yaml github.com/ghodss/yaml github.com/BurntSushi/toml
github.com/pelletier/go-toml github.com/pelletier/go-toml/v2 gopkg.in/ini.v1 github.com/joho/godotenv
github.com/kelseyhightower/envconfig github.com/caarlos0/env github.com/json-iterator/go github.com/tidwall/gjson
github.com/goccy/go-json github.com/mitchellh/mapstructure github.com/mitchellh/go-homedir github.com/fatih/color
github.com/fatih/structs github.com/mattn/go-isatty github.com/mattn/go-colorable github.com/olekukonko/tablewriter
github.com/manifoldco/promptui github.com/charmbracelet/bubbletea github.com/charmbracelet/lipgloss
github.com/schollz/progressbar/v3 github.com/davecgh/go-spew github.com/pmezard/go-difflib github.com/fsnotify/fsnotify
github.com/robfig/cron github.com/robfig/cron/v3 github.com/patrickmn/go-cache github.com/hashicorp/golang-lru
github.com/prometheus/client_golang github.com/prometheus/common go.opentelemetry.io/otel go.opentelemetry.io/otel/trace
github.com/opentracing/opentracing-go github.com/golang-jwt/jwt github.com/golang-jwt/jwt/v5 github.com/dgrijalva/jwt-go
github.com/go-playground/validator/v10 github.com/asaskevich/govalidator github.com/shopspring/decimal
github.com/samber/lo github.com/docker/docker github.com/docker/go-connections github.com/opencontainers/runc
k8s.io/api k8s.io/apimachinery k8s.io/client-go sigs.k8s.io/controller-runtime helm.sh/helm/v3
github.com/hashicorp/consul/api github.com/hashicorp/vault/api github.com/hashicorp/hcl/v2 github.com/hashicorp/go-version
github.com/nats-io/nats.go github.com/segmentio/kafka-go github.com/IBM/sarama github.com/Shopify/sarama
github.com/rabbitmq/amqp091-go github.com/streadway/amqp github.com/gocolly/colly github.com/PuerkitoBio/goquery
github.com/go-resty/resty/v2 github.com/swaggo/swag github.com/99designs/gqlgen github.com/graphql-go/graphql
github.com/klauspost/compress github.com/andybalholm/brotli github.com/golang/snappy github.com/google/gopacket
`;
