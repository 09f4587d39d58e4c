// Streamlit's own words in Chinese: it has no translations, so this edits its text nodes and labels as they appear.
//
// It runs from the first byte of the page (also while the server cannot be reached), reads the language from the title
// of the tab, sets <html lang>, and never touches what people wrote: Markdown, text, code and the values of inputs are left alone.
// At its end stands the way that the keyboard takes into a popover and back, where it goes on after a press, and the
// question of the browser before words that were not sent are lost.

const WORDS = {
  // connection and running
  'Connection error': '连接断开',
  'Connecting': '正在连接',
  'Connecting to Streamlit server': '正在连接服务器',
  'Attempting to connect.': '正在连接。',
  'Running...': '正在处理…',
  'Stopping...': '正在停止…',
  'Please wait...': '请稍候…',
  'Stop': '停止',
  'Rerun': '刷新',
  'Always rerun': '总是刷新',
  'File change.': '程序有更新。',
  'Network issue': '网络不通',
  'Network Error': '网络不通',
  'Error': '填错了',
  'Connection timed out.': '连接超时。',
  'Script execution error': '页面出错',
  'Bad message format': '页面出错',
  'Unknown error': '未知错误',
  'Unknown Error': '未知错误',
  'An error has occurred, please try again.': '出错了，请再试一次。',
  'Try again': '再试一次',
  'Page not found': '没有这一页',
  'Streamlit server is not responding. Are you connected to the internet?': '服务器没有回应，请检查网络。页面会自动重连，您填写的内容还在。',
  'Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:': '服务器没有运行。请联系管理员；页面会自动重连。',
  'Cannot load Streamlit frontend code. This can happen when you update Streamlit while a Streamlit app is running.': '页面有更新，请重新打开。',
  'To fix this, simply reload this app by pressing': '请重新打开页面：',
  'You need to enable JavaScript to run this app.': '请允许浏览器运行 JavaScript。',
  // menu, sidebar, frame
  'Main menu': '菜单',
  'App pages': '页面',
  'Sidebar': '侧栏',
  'Logo': '标志',
  'Skip to main content': '跳到正文',
  'Expand sidebar': '菜单与账号',
  'Collapse sidebar': '收起菜单',
  'Navigate to home page': '回到首页',
  'Settings': '设置',
  'Print': '打印',
  'Clear cache': '清除缓存',
  'Clear caches': '清除缓存',
  'Record a screencast': '录屏',
  'Report a bug': '报告问题',
  'Get help': '帮助',
  'About': '关于',
  'Theme': '外观',
  'System': '跟随系统',
  'Light': '浅色',
  'Dark': '深色',
  'Close': '关闭',
  'Cancel': '取消',
  'OK': '好',
  'Open': '打开',
  'Notifications': '通知',
  'View more': '展开更多',
  'View less': '收起',
  'Fullscreen': '全屏',
  'Toggle fullscreen': '全屏',
  'Close fullscreen': '退出全屏',
  'Exit fullscreen': '退出全屏',
  'Link to heading': '标题链接',
  'Copy to clipboard': '复制',
  'Copy': '复制',
  'Copied': '已复制',
  '(opens in new tab)': '（在新标签页打开）',
  'Show more': '展开',
  'Show less': '收起',
  'Help': '说明',
  // fields
  '(required)': '（必填）',
  'Required': '必填',
  'Press Enter to apply': '按回车确认',
  'Press Enter to submit form': '按回车提交',
  'Press Ctrl+Enter to apply': '按 Ctrl+回车确认',
  'Press Ctrl+Enter to submit form': '按 Ctrl+回车提交',
  'Press ⌘+Enter to apply': '按 ⌘+回车确认',
  'Press ⌘+Enter to submit form': '按 ⌘+回车提交',
  'Clear entry': '清空',
  'Clear value': '清空',
  'Clear all': '全部清除',
  'Clear selection': '取消选择',
  'Clear time': '清空时间',
  'Clear date': '清空日期',
  'Clear dates': '清空日期',
  'Clear date and time': '清空日期时间',
  'Hide password': '隐藏密码',
  'Show password': '显示密码',
  'Show password text': '显示密码',
  'Hide password text': '隐藏密码',
  'Invalid input.': '填写不正确。',
  'Invalid time format. Please use HH:MM.': '时间格式不对，例如 09:30。',
  'Invalid time format. Please use HH:MM:SS or HH:MM.': '时间格式不对，例如 09:30。',
  'Increment': '加一',
  'Decrement': '减一',
  'Number is above the allowed range.': '数字太大。',
  'Number is below the allowed range.': '数字太小。',
  'Choose an option': '请选择',
  'Choose options': '请选择',
  'Choose or add an option': '请选择或填写',
  'Choose or add options': '请选择或填写',
  'Add an option': '请填写',
  'Add options': '请填写',
  'Select...': '请选择',
  'No options to select': '没有可选项',
  'No options to select.': '没有可选项',
  'No options': '没有可选项',
  'No results': '没有找到',
  'Select all': '全选',
  'Selected values': '已选',
  'Selectbox options': '选项',
  'Multiselect options': '选项',
  'Choose date': '选择日期',
  'Choose date range': '选择起止日期',
  'Choose date and time': '选择日期和时间',
  'Date range': '起止日期',
  'Start Date': '开始日期',
  'End Date': '结束日期',
  'Start date must be before end date.': '开始日期要早于结束日期。',
  'Selected date unavailable.': '这一天不能选。',
  'Quick select a date range': '常用时段',
  'Past Week': '最近一周',
  'Past Month': '最近一个月',
  'Past 3 Months': '最近三个月',
  'Past 6 Months': '最近半年',
  'Past Year': '最近一年',
  'Past 2 Years': '最近两年',
  'None': '无',
  'Calendar': '日历',
  'yyyy': '年',
  'mm': '月',
  'dd': '日',
  'Previous month': '上个月',
  'Next month': '下个月',
  'Use arrow keys to navigate dates. Enter to select. Escape to close.': '用方向键选日期，回车确定，Esc 关闭。',
  'Use arrow keys to navigate. Enter to select. Tab to switch between calendar and time. Escape to close.': '用方向键选择，回车确定，Tab 在日历和时间之间切换，Esc 关闭。',
  'Select time, 24-hour format.': '选择时间（24 小时制）',
  // files
  'Upload': '上传',
  'Upload directories': '上传文件夹',
  'Browse files': '选择文件',
  'file upload': '选择文件',
  'Add files': '添加文件',
  'Drag and drop a file here': '把文件拖到这里',
  'Drag and drop file here': '把文件拖到这里',
  'Drag and drop files here': '把文件拖到这里',
  'Drag and drop directories here': '把文件夹拖到这里',
  'Only one file is allowed.': '只能传一个文件。',
  'Too many files': '文件太多',
  'Remove file': '移除文件',
  'Take Photo': '拍照',
  'Clear photo': '重拍',
  'Switch camera': '切换摄像头',
  'Download failed': '下载失败',
  // tables and charts
  'Download as CSV': '下载 CSV',
  'Download as PNG': '下载图片',
  'Save as Image': '保存图片',
  'Search': '查找',
  'Type to search': '输入后查找',
  'Close Search': '关闭查找',
  'Next Result': '下一个',
  'Previous Result': '上一个',
  'Show/hide columns': '显示或隐藏列',
  'Sort ascending': '升序',
  'Sort descending': '降序',
  'Pin column': '固定这一列',
  'Unpin column': '取消固定',
  'Hide column': '隐藏这一列',
  'Copy column name': '复制列名',
  'Dataframe column menu': '列菜单',
  'Statistics': '统计',
  'Format': '格式',
  'Autosize': '自动列宽',
  'Automatic': '自动',
  'Localized': '本地格式',
  'Plain': '纯数字',
  'Compact': '紧凑',
  'Dollar': '美元',
  'Euro': '欧元',
  'Yen': '日元',
  'Percent': '百分比',
  'Scientific': '科学计数',
  'Accounting': '会计格式',
  'Distance': '相对时间',
  'Count': '个数',
  'Distinct': '不同值',
  'Empty': '空值',
  'Minimum': '最小',
  'Maximum': '最大',
  'Average': '平均',
  'Median': '中位数',
  'Standard deviation': '标准差',
  'Sum': '合计',
  'Average length': '平均长度',
  'Minimum length': '最短',
  'Maximum length': '最长',
  'Based on sample': '按抽样',
  'Add row': '添加一行',
  'Delete row(s)': '删除所选行',
  'empty': '空',
  'No data': '没有数据',
  'Show data': '看数据',
  'Show chart': '看图',
  'Copy Vega-Lite spec': '复制图表代码',
  'Vega visualization': '图表',
  'Pagination': '翻页',
  'Previous page': '上一页',
  'Next page': '下一页',
  'Send message': '发送',
  'Scroll tabs left': '向左',
  'Scroll tabs right': '向右',
  'Value': '值',
  'Label': '标签',
  'January': '一月', 'February': '二月', 'March': '三月', 'April': '四月', 'May': '五月', 'June': '六月',
  'July': '七月', 'August': '八月', 'September': '九月', 'October': '十月', 'November': '十一月', 'December': '十二月',
}

const PARTS = { year: '年', month: '月', day: '日', hour: '时', minute: '分' }

const PATTERNS = [
  [/^You have requested page .*Running the app's main page\.$/s, () => '这个网址没有对应的页面，已为您打开首页。'],
  [/^The page that you have requested does not seem to exist.*$/s, () => '这个网址没有对应的页面，已为您打开首页。'],
  [/^Attempting to connect to .*$/, () => '正在重新连接。'],
  // A proxy answers for processes that start or have died.
  [/^Connection failed with status \d+(?:\.|, and response:)$/, () => '系统正在恢复。页面会自动重连，您填写的内容还在。'],
  [/^Limit (\S+) per file(.*)$/, (m) => `每个文件不超过 ${m[1]}${m[2]}`],
  [/^(\d+(?:\.\d+)?\s?[KMG]?B) per file(.*)$/, (m) => `每个文件不超过 ${m[1]}${m[2]}`],
  [/^File must be (\S+) or smaller\.?$/, (m) => `文件不能超过 ${m[1]}。`],
  [/^(\S+) files are not allowed\.?$/, (m) => `不能上传 ${m[1]} 文件。`],
  [/^Remove (.+)$/, (m) => `移除 ${m[1]}`],
  [/^Add: (.+)$/, (m) => `添加：${m[1]}`],
  [/^Select (\d+) match(?:es)?$/, (m) => `选择这 ${m[1]} 项`],
  [/^Page (\d+)$/, (m) => `第 ${m[1]} 页`],
  [/^Page (\d+) of (\d+)$/, (m) => `第 ${m[1]} 页，共 ${m[2]} 页`],
  [/^View (\d+) more$/, (m) => `再看 ${m[1]} 项`],
  [/^(\d+) more$/, (m) => `还有 ${m[1]} 项`],
  [/^You can only select up to (\d+) .*$/, (m) => `最多选 ${m[1]} 项，请先去掉一项。`],
  [/^Number is outside the allowed range\. .* between (\S+) and (\S+)\.$/, (m) => `请填写 ${m[1]} 到 ${m[2]} 之间的数。`],
  [/^Number is above the allowed range\. .* equal to (\S+)\.$/, (m) => `数字太大，最多 ${m[1]}。`],
  [/^Number is below the allowed range\. .* equal to (\S+)\.$/, (m) => `数字太小，最少 ${m[1]}。`],
  [/^(Error)?: Date set outside .* between (\S+) and (\S+)\.$/, (m) => `${m[1] ? '' : '：'}这一天不能选，不会保存：请选 ${m[2]} 到 ${m[3]} 之间的日期。`],
  [/^(Error)?: Date set outside .* before (\S+)\.$/, (m) => `${m[1] ? '' : '：'}这一天不能选，不会保存：不能晚于 ${m[2]}。`],
  [/^(Error)?: Date set outside .* after (\S+)\.$/, (m) => `${m[1] ? '' : '：'}这一天不能选，不会保存：不能早于 ${m[2]}。`],
  [/^Error: (Number is .*)$/s, (m) => chinese(m[1]) ?? m[0]],
  [/^Value must be (.+) or earlier\.$/, (m) => `不能晚于 ${m[1]}。`],
  [/^Value must be (.+) or later\.$/, (m) => `不能早于 ${m[1]}。`],
  [/^Selected(?: Date)?: (.*)$/, (m) => `已选 ${m[1]}`],
  [/^Shortcut (.+)$/, (m) => `快捷键 ${m[1]}`],
  [/^Help for (.+)$/, (m) => `说明：${m[1]}`],
  [/^(year|month|day|hour|minute), (.*)$/, (m) => `${PARTS[m[1]]},${m[2]}`],
  [/^(Show data|Show chart|Download as PNG|Copy Vega-Lite spec|Fullscreen|Exit fullscreen): (.*)$/s, (m) => `${WORDS[m[1]]}:${m[2]}`],
  [/^[a-z0-9_]+ icon$/, () => '图标'],
  [/^Select a (?:date|day)\.?$/, () => '选择日期'],
  [/^(January|February|March|April|May|June|July|August|September|October|November|December) (\d{4})$/,
    (m) => `${m[2]}年${WORDS[m[1]]}`],
]

const THEIRS = '[data-testid="stMarkdownContainer"],[data-testid="stText"],[data-testid="stHtml"],[data-testid="stMetric"],pre,code,textarea,script,style,[contenteditable="true"]'
// Streamlit puts its own words of an error dialogue, and of the button that takes a file, through its Markdown too; the
// parts of an empty date are editable, but hold nothing that anybody wrote.
const OURS = '[data-testid="stTooltipErrorContent"] [data-testid="stMarkdownContainer"],[data-testid="stHeader"] [data-testid="stMarkdownContainer"],[data-testid="stDateInput"] [role="spinbutton"],[data-testid="stFileUploaderDropzone"] [data-testid="stMarkdownContainer"],[data-testid="stDialog"] [data-testid="stMarkdownContainer"],[role="dialog"]:not([data-testid="stMain"] *)'
const ATTRIBUTES = ['placeholder', 'aria-label', 'title', 'alt', 'aria-description']
const KEY = 'yiqilai.language'

const edited = new WeakMap() // text node -> [what Streamlit wrote, what we wrote]

function chinese(text) {
  const plain = text.trim()
  if (!plain || plain.length > 300 || !/[A-Za-z]/.test(plain)) return null
  let word = Object.hasOwn(WORDS, plain) ? WORDS[plain] : null
  if (word === null) {
    for (const [pattern, say] of PATTERNS) {
      const match = pattern.exec(plain)
      if (match) { word = say(match); break }
    }
  }
  return word === null ? null : text.replace(plain, () => word)
}

function isTheirs(element) {
  return Boolean(element?.closest(THEIRS)) && !element.closest(OURS)
}

function textNode(node) {
  const known = edited.get(node)
  if (known && known[1] === node.nodeValue) return
  if (isTheirs(node.parentElement)) return
  const word = chinese(node.nodeValue)
  if (word === null) return
  edited.set(node, [node.nodeValue, word])
  node.nodeValue = word
}

function attributes(element) {
  for (const name of ATTRIBUTES) {
    const value = element.getAttribute(name)
    const word = value && chinese(value)
    if (word) element.setAttribute(name, word)
  }
}

function tree(root) {
  if (root.nodeType === Node.TEXT_NODE) { textNode(root); return }
  if (root.nodeType !== Node.ELEMENT_NODE) return
  attributes(root)
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE) textNode(node)
    else attributes(node)
  }
}

function restore() {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const known = edited.get(node)
    if (known && known[1] === node.nodeValue) node.nodeValue = known[0]
    edited.delete(node)
  }
}

const watcher = new MutationObserver((changes) => {
  for (const change of changes) {
    if (change.type === 'childList') change.addedNodes.forEach(tree)
    else if (change.type === 'characterData') textNode(change.target)
    else attributes(change.target)
  }
})

function start() {
  tree(document.body)
  watcher.observe(document.body, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES,
  })
}

function turn(language) {
  if (document.documentElement.lang === language && started) return
  started = true
  document.documentElement.lang = language
  try { localStorage.setItem(KEY, language) } catch { /* private window */ }
  watcher.disconnect()
  if (language === 'zh-CN') start()
  else restore()
}

// Every run of the app sets the title: "… · 议起来" in Chinese, "… · Yiqilai" in English.
function follow() {
  if (document.title.endsWith('Yiqilai')) turn('en')
  else if (document.title.includes(' · ')) turn('zh-CN')
}

function begin() {
  let language = 'zh-CN'
  try { language = localStorage.getItem(KEY) || language } catch { /* private window */ }
  turn(language)
  new MutationObserver(follow).observe(document.head, { subtree: true, childList: true, characterData: true })
}

const STOPS = 'a[href], button:enabled, input:enabled, textarea:enabled, summary, [tabindex="0"]'

// Lists and links of our own lie in shadow trees.
function stopsIn(root) {
  return [...root.querySelectorAll('*')].flatMap((one) => [
    ...(one.matches(STOPS) && one.tabIndex >= 0 && one.getClientRects().length ? [one] : []),
    ...(one.shadowRoot ? stopsIn(one.shadowRoot) : []),
  ])
}

function focused() {
  let one = document.activeElement
  while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement
  return one
}

function openedFrom() {
  return document.querySelector('[data-testid="stPopover"] button[aria-expanded="true"]')
}

// A popover lies at the end of the page: Tab leads from its button into it, and from its end back to the button.
function intoPopover(event) {
  const inside = event.key === 'Tab' ? document.querySelector('[data-testid="stPopoverBody"]') : null
  const opener = inside && openedFrom()
  if (!opener) return
  const stops = stopsIn(inside)
  const at = focused()
  const next = at === opener ? (event.shiftKey ? null : stops[0]) : at === (event.shiftKey ? stops[0] : stops.at(-1)) ? opener : null
  if (!next) return
  event.preventDefault()
  next.focus()
}

// What was pressed may leave the page with what it did: the focus goes to what stands in its place then.
let waiting = 0

function keepPlace(event) {
  clearInterval(waiting)
  const pressed = focused()
  if ((event.key !== 'Enter' && event.key !== ' ') || pressed === document.body) return
  const place = document.activeElement.closest('[data-testid="stPopoverBody"]') ? openedFrom() ?? pressed : pressed
  // Everybody is there, or both counts are in: what follows stands in the box of the next step, above.
  const leadsOn = pressed.closest('.st-key-all_present, [class*=" st-key-count-"]')
  // React gives an element to other words, too: it is another stop then.
  const stops = stopsIn(document)
  const before = stops.slice(0, Math.max(stops.indexOf(place), 0)).map((one) => [one, one.textContent])
  let put = null, moments = 20
  waiting = setInterval(() => {
    // However long the answer takes: the next key or press ends the waiting.
    if (pressed.isConnected || document.querySelector('[data-test-script-state="running"]')) return
    // What took its place may leave the page, too; links and lists of our own are drawn some moments after the answer.
    const at = focused()
    if (at !== document.body && (at !== put || moments-- < 1)) return
    const last = before.findLast(([one, words]) => one.isConnected && one.textContent === words)?.[0]
    const now = stopsIn(document)
    const step = leadsOn && now.find((one) => one.closest('.st-key-next-step-stays'))
    const next = now.includes(place) ? place : step ?? now[now.indexOf(last) + 1]
    put = !next || next.closest('.st-key-foot') ? last : next // the foot of the page is nobody's next step
    if (put !== at) put?.focus()
  }, 100)
}

// What was typed and not stored is lost when the page is loaded anew, so the browser asks before. Lines that stand
// alone are filters, which the address holds; what was sent counts no more, unless it is said what is wrong with it.
const LINES = '[data-testid="stForm"] input:not([type="password"], [type="checkbox"], [type="radio"], [type="file"], [role="combobox"])'
const typed = new Map()

function noteTyped({ target }) {
  if (target.matches?.(`${LINES}, [data-testid="stMain"] textarea`)) typed.set(target, { words: target.value, sent: false })
}

function noteSent({ target }) {
  if (!target.closest?.('[data-testid="stFormSubmitButton"]')) return
  for (const [field, said] of typed) said.sent = field.isConnected
}

function wouldBeLost([field, { words, sent }]) {
  const around = field.closest('[data-testid="stForm"]') ?? document
  if (!field.isConnected || words === '' || words !== field.value || around.querySelector('input[type="password"]')) return false
  return !sent || document.querySelector('[data-testid="stMain"] [data-testid="stAlertContentError"]') !== null
}

function askBefore(event) {
  for (const field of [...typed.keys()]) if (!field.isConnected) typed.delete(field)
  if ([...typed].some(wouldBeLost)) event.preventDefault()
}

addEventListener('input', noteTyped, true)
addEventListener('click', noteSent, true)
addEventListener('beforeunload', askBefore)
addEventListener('keydown', intoPopover, true)
addEventListener('keydown', keepPlace, true)
addEventListener('pointerdown', () => clearInterval(waiting), true)

let started = false
if (document.body) begin()
else addEventListener('DOMContentLoaded', begin)
