import 'element-plus/dist/index.css'
import './theme.css'
import { createApp } from 'vue'
import App from './App.vue'
import { router } from './router.ts'
import { i18n, lang } from './words/index.ts'

document.documentElement.lang = lang.value === 'zh' ? 'zh-CN' : 'en'
createApp(App).use(i18n).use(router).mount('#app')
