"""What the synthesisers are to say: fortune cookies where Debian has them, else shuffled words of the first articles of the
Universal Declaration of Human Rights, and, in every language, numbers and short commands of unrelated words."""
import pathlib
import re

FORTUNES = pathlib.Path('/usr/share/games/fortunes')
COOKIES = {'en': '*', 'de': 'de/*', 'es': 'es/*', 'it': 'it/*', 'pt': 'brasil', 'ru': 'ru/*', 'cs': 'cs/*', 'pl': 'pl/*'}
DECLARATION = {
    'fr': "tous les êtres humains naissent libres et égaux en dignité et en droits ils sont doués de raison et de conscience et doivent agir les uns envers "
          "les autres dans un esprit de fraternité chacun peut se prévaloir de tous les droits et de toutes les libertés proclamés dans la présente déclaration "
          "sans distinction aucune notamment de race de couleur de sexe de langue de religion d'opinion politique tout individu a droit à la vie "
          "bonjour madame je voudrais un peu de pain et du beurre pour mon vieux voisin",
    'cmn-latn-pinyin': "ren2 ren2 sheng1 er2 zi4 you2 zai4 zun1 yan2 he2 quan2 li4 shang4 yi1 lv4 ping2 deng3 ta1 men2 fu4 you3 li3 xing4 he2 liang2 xin1 bing4 "
                       "ying1 yi3 xiong1 di4 guan1 xi4 de5 jing1 shen2 xiang1 dui4 dai4 ma1 ma5 ba4 ba5 peng2 you3 fang2 zi5 hao3 bu4 shui3 chi1 fan4 wo3 ni3 "
                       "men2 kou3 mei2 you3 bei3 jing1 fei1 ji1 piao4 duo1 shao3 qian2 zhe4 ge5 na4 xie1 shi2 hou5 gong1 zuo4 xue2 sheng5 lao3 shi1 zhong1 guo2",
    'yue': "人人生而自由 在尊嚴和權利上一律平等 他們賦有理性和良心 並應以兄弟關係的精神相對待 我哋今日去飲茶 你好嗎 唔該 多謝 邊個 幾多錢 爸爸 媽媽 朋友 "
           "飛機 火車 學校 老師 明天 再見 食飯 香港 冇問題 買嘢 下雨 好天",
    'ja': "すべての にんげんは うまれながらにして じゆうであり かつ そんげんと けんりとに ついて びょうどうである にんげんは りせいと りょうしんとを さずけられて おり "
          "たがいに どうほうの せいしんを もって こうどう しなければ ならない おはよう ございます ありがとう ふじさん まいにち べんきょう がっこう でんしゃ やま みず "
          "わたしは ほんを よみます あめが ふります びーる ぱん ばす",
    'ko': "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다 인간은 천부적으로 이성과 양심을 부여받았으며 서로 형제애의 정신으로 행동하여야 한다 "
          "안녕하세요 감사합니다 물 밥 바다 비행기 아버지 어머니 친구 학교 우리 마음 봄 여름 가을 겨울 피아노 버스",
    'hi': "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है उन्हें बुद्धि और अन्तरात्मा की देन प्राप्त है और परस्पर उन्हें भाईचारे के भाव से "
          "बर्ताव करना चाहिए नमस्ते पानी मेरा भाई बहन माँ बाप फल फूल विद्यालय पुस्तक बारिश आज कल मित्र भारत",
    'ar': "يولد جميع الناس أحرارا متساوين في الكرامة والحقوق وقد وهبوا عقلا وضميرا وعليهم أن يعامل بعضهم بعضا بروح الإخاء لكل إنسان حق التمتع بكافة الحقوق والحريات "
          "مرحبا شكرا باب بيت ماء مدرسة كتاب فيل صباح الخير مساء بنت أب أم خبز موز",
    'tr': "bütün insanlar hür haysiyet ve haklar bakımından eşit doğarlar akıl ve vicdana sahiptirler ve birbirlerine karşı kardeşlik zihniyeti ile hareket etmelidirler "
          "günaydın baba anne araba pembe su ekmek fırın vapur üzüm öğretmen",
    'sv': "alla människor är födda fria och lika i värde och rättigheter de är utrustade med förnuft och samvete och bör handla gentemot varandra i en anda av broderskap "
          "god morgon pappa mamma båt fisk vatten bröd sjö hus öl",
    'nl': "alle mensen worden vrij en gelijk in waardigheid en rechten geboren zij zijn begiftigd met verstand en geweten en behoren zich jegens elkander in een geest van "
          "broederschap te gedragen goedemorgen vader moeder huis boom fiets water brood vuur",
    'vi': "tất cả mọi người sinh ra đều được tự do và bình đẳng về nhân phẩm và quyền lợi mọi con người đều được tạo hóa ban cho lý trí và lương tâm và cần phải đối xử với "
          "nhau trong tình bằng hữu xin chào cảm ơn bố mẹ bạn bè phở bò",
    'fi': "kaikki ihmiset syntyvät vapaina ja tasavertaisina arvoltaan ja oikeuksiltaan heille on annettu järki ja omatunto ja heidän on toimittava toisiaan kohtaan "
          "veljeyden hengessä hyvää päivää isä äiti vene kala vesi leipä pöytä yö tyttö poika puhelin",
    'ca': "tots els éssers humans neixen lliures i iguals en dignitat i en drets són dotats de raó i de consciència i han de comportar-se fraternalment els uns amb els "
          "altres bon dia pare mare barca peix aigua pa foc vi formatge poble muntanya",
    'el': "όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα είναι προικισμένοι με λογική και συνείδηση και οφείλουν να συμπεριφέρονται "
          "μεταξύ τους με πνεύμα αδελφοσύνης καλημέρα μπαμπάς μαμά νερό ψωμί φως βιβλίο",
}
COMMANDS = ("red blue green white black yellow left right stop go play pause open close place put set lay bin bring take by at in with to from from the now again soon please "
            "later thanks yes no maybe hello goodbye north south east west up down apple pepper mama papa baby bubble move improve five fish voice the them").split()
CYRILLIC, PUNCTUATION = 'а-яёА-ЯЁ', " ,.!?'"


def cookies(language):
    for path in sorted(FORTUNES.glob(COOKIES[language])):
        if path.is_file() and path.suffix not in ('.dat', '.u8'):
            for cookie in re.split(r'\n%\n', path.read_text('utf-8', 'ignore')):
                text = re.sub(rf'[^\w{CYRILLIC}{PUNCTUATION}-]|[\d_]', ' ', cookie)
                text = re.sub(r'\s+', ' ', text).strip()
                if 60 < len(text) < 260 and max(map(len, text.split())) < 25:
                    yield text


def numbers(rng):
    return ', '.join(str(rng.choice([rng.integers(10), rng.integers(100), rng.integers(10000)])) for _ in range(rng.integers(4, 9)))


def commands(rng):
    letters = 'A B C D E F G H I J K L M N O P Q R S T U V W X Y Z'.split()
    words = [rng.choice(COMMANDS), rng.choice(COMMANDS), rng.choice(letters), str(rng.integers(10)), rng.choice(COMMANDS), rng.choice(COMMANDS)]
    return ' '.join(words[:rng.integers(3, 7)]) + rng.choice([',', '.']) + ' ' + ' '.join(rng.permutation(words))


def sentences(language, count, rng):
    """`count` texts of some five seconds each; running speech mostly, a sixth of numbers and single words."""
    if language in COOKIES:
        running = list(cookies(language))
        rng.shuffle(running)
    else:
        words = DECLARATION[language].split()
        running = [' '.join(rng.choice(words, rng.integers(8, 16))) for _ in range(count)]
    for k in range(count):
        if k % 6 == 5 and not language.startswith('cmn'):
            yield commands(rng) if language == 'en' and rng.random() < .6 else numbers(rng)
        else:
            yield running[k % len(running)]
