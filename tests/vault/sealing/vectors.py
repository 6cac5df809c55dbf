"""What an earlier version sealed, and with what; every later version must still open it."""

import base64

SECRET = bytes(range(32))
KEY = bytes(range(100, 132))
NONCE = bytes(range(12))
PUBLIC_SHA256 = "2bb2e8737ede4c7dc4abeacdb2c03ab431dad97a4c2b96f604a6fb98832af966"
CONTEXT = bytes.fromhex(
    "0000000e657865756e74207661756c7420310000000477726170000000057661756c7400000001370000000670657273"
    "6f6e"
)
DERIVED = "1424d0f742e3a99ee776da30cc08a7b5fefd4b434522dd9e771c548f9c529f16"
BLINDED = "1238928ceee8d52cd2cfff429e4d22462d426ee560990183325f18bf536ea422"
# "{}" under SECRET with NONCE in CONTEXT: 12 bytes of nonce, 1,024 of text, 16 of tag.
ENVELOPE_SHA256 = "d5feb5d1d5e5eee9cc90f9d3d28240b8e6ac64e8c77946f9d06c642a6a585b86"
# "four lamps" with a salt of zeros; 1 round, 1 lane, 64 KiB. argon2-cffi gives the same.
STRETCHED = "bdac342b633ddc7fe3e47429e09551b4ebee82f9a224b61e3fcaf70f59360cca"
WORD = "AGE-SECRET-KEY-18PXTWV7G2DA9W4NZ5GY0275EPK3J7HJ72ZSMNR2ZKELLCQZ6J6WSZ6DK2U"
RECIPIENT = "age189ej5lrjyj4g5wzpdsls72tprjq5n40hdkzgyut9nd0qdl20wghs02r49v"
SECRET_OF_WORD = "fbcd9579bca6da3a10eee439711e93d7dc8c1e68cf050279443cbf4c933f277d"
# KEY, wrapped to the pair of SECRET in CONTEXT.
WRAPPED = base64.b64decode(
    """
    aJpLCoh6cNNK4zrVG4JGsOTrh41Z+ZIazQLC4EOU5O2xrCesyfc5XzizCTOoOUwiUTyRTVABfgDKOrMyA/hkYxY1oT2n
    qV98ACnctEDrL5/KHACLWcZTGoYRQghqVw/xIGa+hGpipT2JEIMfSvkyLaRwxMBV53b1v6q99VzX2lNe8z2TYCuLjuy/
    KleK5R861oApe8vZQqDvcSoJG6Ewb755mQK5nsyqlw+t8hQCeUR6u2maiTgRNJoxDOYf7xBlfUxEKT+ZH7aFIwAAxZyi
    iXIthwuzUCJ4pbroz2hlOkjPeyOn/nl36pHXs/K5H69RH3BiT3+gsitLCSHqXjo/8aYTHMbU13ATkAQMgaMcQWwODxgB
    GUBjnsqg9/R65PB4XknQLmwg6XpLx4jZjVof30YZU8damabFAlpofeCIgicb1dySTqurGChMqxhCyDzhUOHd1H1txx+V
    FFi3TJwjELf7rUkXo3x4AkbDfQYY2EiN0MTtrAESeTWNBkB17+V/cWpUnRxFktyF9ekOFgKvulLhYAFzCjwRrOoGLiie
    YUpQdWUTBwkNI4L/Jt4sun7g85tex4PzecsUKEcQlXhFFajsFExlRQDkPVuW/NHfc0z8rZB/WIp6dwwlwRpRam1f1SJa
    FtmsJmVEpufz73wsoAMn+hQSyHeVfv9t65mf8cQODnfjZDotkt9DSP9fT7qcWnIckrrdRtYtTnQbQW4BrqSuYqjXzC5e
    pSMGmMzfsLrCgEA61/alrwloHSXLSuLfNFANgmHkX985ifHX+cqshfKOoZk/UEEhJ6NinhnUINCrNSv1N3s18uNtyMbN
    UA1KD43N7DjvXYyN5Iaj209eOxlW/RQ24Q6Uy2EpRFbob0XXxw8bULEQgSEpeUX51m5VpyUb7EHma6Ompl8ospiRoznr
    dnjgJ6qSt+lrLTSJDk5omvoqe7ro5INmPLP0HtNOMQGEVJ2I6RpXViXk3TqY4UzgmZ94pu8/Oz4C1b2GfEqt3bEkfH3q
    Wd6vFxYE9eIPgu8GYLouhyr4fUoilx4Ri1oegXCsbz96lvHWRsTFk/at9mirNWOeWdEKUHxdojKY9PTtqO1cCBCXzrJo
    bcvjvO8/MyR6cZj2QmQoeJjfMndTlO0Ww771uMA//mEuV/xAUO8v4N/YuX5FzCwRZBBsj0kTquzwOwmxFirWJx7rQSQl
    c5shoRYCSjiltcfM3ecFtx0Ulwdjuhi0YQoBlyFJXxmzi5Uuzc+KF5yf3FYkL3KIzUQibV+ufCOEoHZ0qTDtNu7108UE
    wF9RCAPlWfU4qf4T6eRPRQdLADh4mxVPbb5X3FncPA1MxnvBpGSWi1RurrLSs597vcAI3lGtxqszNfHaEPctLSEtRq7T
    D6HvhFwj9ixlJfWlm5J6twP8H/H3qtZtZnucqT6PiD+bNQX2acoxgnizIW9if2cbVLYy9c6n1pqXRN2DBSmQMjrTGwl+
    k/nMLNPGV0SXPkrZz3J/eiXTHHoXiNjAB2RMpcoGt7s3tYRE3YHFB7FOL9DmEk8y0V2X0lxOlz6arxiT3+nOpQ==
    """
)
