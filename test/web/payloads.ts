/** What other programs put on the clipboard, and the cells it means. Made after the public descriptions of their formats. */
export interface Payload {
  from: string
  plain?: string
  html?: string
  /** Null where a merged cell covers the place. */
  cells: (string | null)[][]
}

const excelHtml = (body: string): string =>
  `<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><style><!--table {mso-displayed-decimal-separator:"\\.";} .xl65 {mso-number-format:"\\@";}--></style></head><body link=blue><!--StartFragment--><table border=0 cellpadding=0 cellspacing=0 style='border-collapse:collapse'>${body}</table><!--EndFragment--></body></html>`

export const PAYLOADS: Payload[] = [
  {
    from: 'Excel: text with a terminator, beside its table',
    plain: '张三\t5\r\n李四\t4.5\r\n',
    html: excelHtml('<tr height=19><td height=19>张三</td><td align=right>5</td></tr><tr><td>李四</td><td>4.5</td></tr>'),
    cells: [
      ['张三', '5'],
      ['李四', '4.5'],
    ],
  },
  {
    from: 'Excel: a line break, a tab and quotes inside a cell',
    plain: '"一\n二"\t"a\tb"\t"说""好"""\r\n',
    cells: [['一\n二', 'a\tb', '说"好"']],
  },
  {
    from: 'Excel: the last row is empty',
    plain: '1\t2\r\n\t\r\n',
    cells: [
      ['1', '2'],
      ['', ''],
    ],
  },
  { from: 'Excel: the last cell of one column is empty', plain: '1\r\n\r\n', cells: [['1'], ['']] },
  { from: 'Excel: one empty cell', plain: '\r\n', cells: [['']] },
  {
    from: 'Excel for Mac: bare carriage returns',
    plain: '1\t2\r3\t4\r',
    cells: [
      ['1', '2'],
      ['3', '4'],
    ],
  },
  { from: 'Excel: numbers as they are formatted', plain: '"1,234.50"\t95%\t¥3\r\n', cells: [['1,234.50', '95%', '¥3']] },
  {
    from: 'WPS: text with a terminator and no-break spaces',
    plain: '合计\u00a0\t１２．５\r\n',
    cells: [['合计 ', '１２．５']],
  },
  { from: 'WPS: a lone cell with a line break', plain: '"一\r\n二"\r\n', cells: [['一\n二']] },
  {
    from: 'LibreOffice: line feeds, the last row terminated',
    plain: '1\t2\n3\t4\n',
    cells: [
      ['1', '2'],
      ['3', '4'],
    ],
  },
  {
    from: 'LibreOffice: the table alone; a formula is its value',
    html: '<!DOCTYPE html><html><head><meta name="generator" content="LibreOffice 24.8"/><style type="text/css">td{font-size:x-small}</style></head><body><table cellspacing="0" border="0"><colgroup span="2" width="85"></colgroup><tr><td height="17" align="left">甲</td><td align="right" sdval="0.3" sdnum="1033;"><font>0.3</font></td></tr></table></body></html>',
    cells: [['甲', '0.3']],
  },
  {
    from: 'Google Sheets: no terminator',
    plain: '1\t2\n3\t',
    cells: [
      ['1', '2'],
      ['3', ''],
    ],
  },
  {
    from: 'Google Sheets: the table alone',
    html: '<meta charset="utf-8"><google-sheets-html-origin><style type="text/css"><!--td {border: 1px solid #ccc;}br {mso-data-placement:same-cell;}--></style><table xmlns="http://www.w3.org/1999/xhtml" cellspacing="0" data-sheets-root="1"><colgroup><col width="100"/><col width="100"/></colgroup><tbody><tr><td data-sheets-value="{&quot;1&quot;:3,&quot;3&quot;:7}" data-sheets-formula="=SUM(R[1]C)">7</td><td>一<br/>二 &amp; 三</td></tr></tbody></table>',
    cells: [['7', '一\n二 & 三']],
  },
  {
    from: 'a browser: cells over several rows and columns',
    html: '<table><thead><tr><th colspan="2">姓名</th><th>分</th></tr></thead><tbody><tr><td rowspan="2">甲</td><td>乙</td><td>1</td></tr><tr><td>丙</td><td>2</td></tr></tbody></table>',
    cells: [
      ['姓名', null, '分'],
      ['甲', '乙', '1'],
      [null, '丙', '2'],
    ],
  },
  {
    from: 'a browser: text that runs the cells of its table together',
    plain: '甲 乙',
    html: '<table><tr><td>甲</td><td>乙</td></tr></table>',
    cells: [['甲', '乙']],
  },
  { from: 'a browser: a word out of a page, in markup', plain: '好', html: '<b>好</b>', cells: [['好']] },
  {
    from: 'a browser: a table for looks around one word',
    plain: '好 的',
    html: '<table><tr><td>好的</td></tr></table>',
    cells: [['好 的']],
  },
  {
    from: 'Excel: hidden rows, columns and cells of the table alone',
    html: excelHtml(
      "<col width=72><col width=0 style='display:none;mso-width-source:userset'><col width=72><tr><td>1</td><td>x</td><td>2</td></tr><tr height=0 style='display:none'><td>y</td><td>y</td><td>y</td></tr><tr><td>3</td><td>x</td><td>4</td></tr>",
    ),
    cells: [
      ['1', '2'],
      ['3', '4'],
    ],
  },
  {
    from: 'Word: paragraphs inside cells, white space of the markup',
    html: '<table>\n <tr>\n  <td><p class=MsoNormal>第一\n  段</p><p>第二段</p></td>\n  <td>&nbsp;</td>\n </tr>\n</table>',
    cells: [['第一 段\n第二段', '']],
  },
  {
    from: 'Excel: cells merged over two rows, which the text leaves blank',
    plain: '10\r\n\r\n9\r\n\r\n',
    html: excelHtml(
      '<tr height=19><td rowspan=2 height=38 align=right>10</td></tr><tr height=19></tr><tr><td rowspan=2>9</td></tr><tr></tr>',
    ),
    cells: [['10'], [null], ['9'], [null]],
  },
  {
    from: 'WPS: a village merged over its people',
    plain: '上河村\t张三\t5\r\n\t李四\t4\r\n',
    html: '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta name="Generator" content="WPS Office ET"/></head><body><!--StartFragment--><table width="216" border="0" cellpadding="0"><col width="72" span="3"/><tr height="18"><td rowspan="2" height="36" x:str>上河村</td><td x:str>张三</td><td x:num>5</td></tr><tr height="18"><td x:str>李四</td><td x:num>4</td></tr></table><!--EndFragment--></body></html>',
    cells: [
      ['上河村', '张三', '5'],
      [null, '李四', '4'],
    ],
  },
  {
    from: 'Excel: a title that runs over the empty cells beside it',
    plain: '2026 年度考核\t\t\r\n张三\t5\t4\r\n',
    html: excelHtml(
      "<tr><td colspan=3 style='mso-ignore:colspan'>2026 年度考核</td></tr><tr><td>张三</td><td>5</td><td>4</td></tr>",
    ),
    cells: [
      ['2026 年度考核', '', ''],
      ['张三', '5', '4'],
    ],
  },
  {
    from: 'Excel: hidden rows and columns, which the text has too',
    plain: '1\tx\t2\r\ny\ty\ty\r\n3\tx\t4\r\n',
    html: excelHtml(
      "<col width=72><col width=0 style='display:none;mso-width-source:userset'><col width=72><tr><td>1</td><td>x</td><td>2</td></tr><tr height=0 style='display:none'><td>y</td><td>y</td><td>y</td></tr><tr><td>3</td><td>x</td><td>4</td></tr>",
    ),
    cells: [
      ['1', 'x', '2'],
      ['y', 'y', 'y'],
      ['3', 'x', '4'],
    ],
  },
  {
    from: 'Excel: a line break inside a cell, quoted in the text',
    plain: '"优\n秀"\t5\r\n良\t4\r\n',
    html: excelHtml('<tr><td>优<br>\r\n    秀</td><td>5</td></tr><tr><td>良</td><td>4</td></tr>'),
    cells: [
      ['优\n秀', '5'],
      ['良', '4'],
    ],
  },
  {
    from: 'Word: two paragraphs in a cell, bare breaks in the text',
    plain: '张三\t5\r\n\r\n李四\t4\r\n\t\r\n',
    html: '<html xmlns:w="urn:schemas-microsoft-com:office:word"><body lang=ZH-CN><!--StartFragment--><table class=MsoTableGrid border=1><tr><td width=100><p class=MsoNormal><span>张三<o:p></o:p></span></p></td><td><p class=MsoNormal><span lang=EN-US>5<o:p></o:p></span></p><p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p></td></tr><tr><td><p class=MsoNormal>李四</p></td><td><p class=MsoNormal>4</p></td></tr><tr><td><p class=MsoNormal><o:p>&nbsp;</o:p></p></td><td><p class=MsoNormal><o:p>&nbsp;</o:p></p></td></tr></table><!--EndFragment--></body></html>',
    cells: [
      ['张三', '5'],
      ['李四', '4'],
      ['', ''],
    ],
  },
  {
    from: 'Word: a raised digit, which the text sets beside the others',
    plain: '3\t12\r\n4\t5\r\n',
    html: '<table><tr><td><p>3</p></td><td><p>1<sup>2</sup></p></td></tr><tr><td><p>4</p></td><td><p>5</p></td></tr></table>',
    cells: [
      ['3', '1²'],
      ['4', '5'],
    ],
  },
  {
    from: 'Chrome: a break in a cell of a page, and a heading above the table',
    plain: '考核结果\n张三\t5\n备注\t\n李四\t4\n',
    html: "<meta charset='utf-8'><h2>考核结果</h2><table><tbody><tr><td>张三</td><td>5<br>备注</td></tr><tr><td>李四</td><td>4</td></tr></tbody></table>",
    cells: [
      ['张三', '5\n备注'],
      ['李四', '4'],
    ],
  },
  {
    from: 'LibreOffice: a merge and a break, with its text',
    plain: '甲\t"一\n二"\n\t5\n',
    html: '<!DOCTYPE html><html><head><meta name="generator" content="LibreOffice 24.8"/></head><body><table cellspacing="0" border="0"><colgroup span="2" width="85"></colgroup><tr><td rowspan=2 height="34" align="left">甲</td><td align="left">一<br>二</td></tr><tr><td align="right" sdval="5" sdnum="1033;">5</td></tr></table></body></html>',
    cells: [
      ['甲', '一\n二'],
      [null, '5'],
    ],
  },
  {
    from: 'Word: two tables, one below the other',
    plain: '张三\t5\r\n\r\n李四\t4\r\n',
    html: '<table><tr><td><p>张三</p></td><td><p>5</p></td></tr></table><p>&nbsp;</p><table><tr><td><p>李四</p></td><td><p>4</p></td></tr></table>',
    cells: [
      ['张三', '5'],
      ['李四', '4'],
    ],
  },
  {
    from: 'a page: hidden text and tracked changes in cells',
    plain: '张三\t45\r\n李四\t3\r\n',
    html: '<table><tr><td>张三<span style="display:none">（男）</span></td><td><del>4</del>5</td></tr><tr><td>李四<span hidden>x</span></td><td><s>2</s><ins>3</ins></td></tr></table>',
    cells: [
      ['张三', '5'],
      ['李四', '3'],
    ],
  },
  {
    from: 'a page: a table of data in tables that lay out the page',
    html: '<table><tr><td>菜单</td><td><table><tr><td><table><tr><th>姓名</th><th>分</th></tr><tr><td>张三</td><td>5</td></tr></table></td></tr></table></td></tr></table>',
    cells: [
      ['姓名', '分'],
      ['张三', '5'],
    ],
  },
  {
    from: 'a page: a small table in a cell of one of data',
    html: '<table><tr><td>张三</td><td>5</td></tr><tr><td>李四</td><td>4</td></tr><tr><td>王五</td><td><table><tr><td>3</td><td>甲</td></tr></table></td></tr></table>',
    cells: [
      ['张三', '5'],
      ['李四', '4'],
      ['王五', '3甲'],
    ],
  },
]
