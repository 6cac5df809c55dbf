"""Ordinary words that sound like somebody's name, and are not taken for it on their own."""

from exeunt.methods.arabic_names.sounds import sounds
from exeunt.methods.folding import fold

_LATIN = """
    said main many mine money more moral sale sally sister summer hammer honey human camel
    canal cream crime killed called cold hard hardly heard hair high hall hell hotel basic
    basket bazar bread brother father fathers family female final farm former format amen
    among arm army around area arab arabs arabic arabe arabes islam islamic muslim muslims
    sunni shia syrian syrians syria iraqi iraqis iraq turkish turkey german germans french
    tunisian libyan lebanese egyptian jordanian saudi afghan somali kurdish imam sheikh shaykh
    cheikh sultan emir hajj hijra jihad madrasa masjid zakat sharia halal haram ramadan friday
    sunday monday while whole well will wall wild wide world wood word work under until used
    user name names they them this that these those with from into over only then than here
    there where when what who whom some any all our out off your his her its near never nurse
    north note same sand salad salary sheet share sharp shake shadow camp command commander
    cousin mother mama papa baba akhi ukhti samedi salut sang dans donc dire dieu jamais
    jardin mari maire maison malade malgre marche mardi matin mere mois monde mourir nuit noir
    nous rien rire sain saisi salle sans sait sous seul tard tant tarif tabac terre tout tous
    total camarade avec pour chez leur leurs elle elles lui ils sur vers mais puis alors carre
    calme chef chaque chose cher rare kind king kitchen kettle kept kill hundred husband
"""
_ARABIC = """
    كريم سعيد صالح جميل ناصر خالد طاهر صادق عادل امين شريف حكيم عزيز رحيم كبير صغير بعيد قريب
    شهيد مجاهد مهاجر امير شيخ امام حاج سلطان قائد عالم طالب كاتب حارس حارث حاكم تاجر راشد عامر
    جابر حاضر سالم سليم كامل فاضل فارس ماجد مسعود منصور مبارك محمود مراد مختار مالك هدي امل
    ايمان سلام اسلام جهاد ربيع رمضان رجب شعبان سوري سوريه عراقي عراق تونسي تونس مصري لبناني
    لبنان اردني مغربي جزائري ليبي يمني سعودي تركي كردي عربي فرنسي الماني افغاني صومالي مسلم
    مسلمه مدينه جماعه دوله حياه حريه زوجه والد والده اخته ابنه جديد قديم كانت قالت هناك عندما
    كيف لماذا كثير قليل على من الي في عن مع هذا هذه ذلك تلك هنا نحن انا انت هو هي هم لي له لها
    لهم لنا كان كنت قال قلت احد احده واحد واحده ناس سؤال سوال اسم اسمه اسمي سماء سما طريق ليله
    ليل يوم عام سنه شهر بعد قبل عند بين كل بعض اول ثاني اخر اخري بيت باب مال حال عمل علم امر
    رجل رجال نساء بنت ولد ابي امي اخي اختي عمي خالي بلد حرب موت دين نار ماء خبز قريه جبل بحر
    نهر سجن مكان زمان حق خير
"""
ORDINARY = frozenset(map(sounds, fold(f"{_LATIN} {_ARABIC}").text.split()))
