import { MikroORM } from '../server/node_modules/@mikro-orm/postgresql/index.js'
