"""What each telephone prefix can mean; written by scripts/prefix_table.py.

Source: phonenumbers 9.0.43. Rows end with a semicolon. One of AREA_CODES (country code 1) holds
zones, states where there are any, and area codes; one of COUNTRY_CODES zones and country codes.
"""

AREA_CODES = """\
America/New_York NJ NY 201; America/New_York DC 202 771; America/New_York CT 203 475 860 959;
America/Winnipeg 204 431 474 584; America/Chicago AL 205 251 256 334 659 938; America/Los_Angeles
WA 206 253 360 425 509 564; America/New_York ME 207; America/Boise America/Denver
America/Los_Angeles ID 208 986; America/Los_Angeles CA 209 213 279 310 323 341 350 369 408 415 424
442 510 530 559 562 619 626 628 650 657 661 669 707 714 738 747 760 805 818 820 831 840 858 909 916
925 949 951; America/Chicago TX 210 214 254 281 325 346 361 409 430 432 469 512 682 713 726 737 806
817 830 832 903 936 940 945 956 972 979; America/New_York NY 212 315 329 332 347 363 516 518 585
607 631 646 680 716 718 838 845 914 917 929 934; America/New_York PA 215 223 267 272 412 445 484
570 582 610 717 724 814 835 878; America/New_York OH 216 220 234 283 326 330 380 419 440 513 567
614 740 937; America/Chicago IL 217 224 309 312 331 447 464 618 630 708 730 773 779 815 847 872;
America/Chicago MN 218 320 507 612 651 763 952; America/Chicago America/New_York IN 219 574 812
930; America/Chicago LA 225 318 337 504 985; America/Toronto 226 249 263 273 289 343 354 365 367
382 416 437 438 450 468 514 519 548 579 581 613 647 683 705 742 753 819 873 905 942;
America/New_York MD 227 240 301 410 443 667; America/Chicago MS 228 601 662 769; America/New_York
GA 229 404 470 478 678 706 762 770 912 943; America/New_York MI 231 248 269 313 517 586 616 734 810
947 989; America/Chicago MO 235 314 417 557 573 636 660 816 975; America/Edmonton America/Vancouver
236 250 257 672 778; America/New_York FL 239 305 324 352 386 561 645 656 727 728 754 772 786 813
863 904 941 954; America/Nassau 242; America/Barbados 246; America/New_York NC 252 336 472 704 743
828 910 919 980 984; America/New_York IN 260 317 463 765; America/Chicago WI 262 274 353 414 534
608 715 920; America/Anguilla 264; America/Antigua 268; America/Chicago America/New_York KY 270 364
606; America/New_York VA 276 434 540 571 686 703 757 804 826 948; America/Tortola 284;
America/New_York DE 302; America/Denver CO 303 719 720 748 970 983; America/New_York WV 304 681;
America/Regina 306 639; America/Denver WY 307; America/Chicago America/Denver NE 308;
America/Chicago KS 316 913; America/Chicago IA 319 515 563 641 712; America/Chicago
America/New_York FL 321 407 448 689 850; America/Chicago AR 327 479 501 870; America/New_York MA
339 351 413 508 617 774 781 857 978; America/St_Thomas VI 340; America/Cayman 345; America/Edmonton
368 403 587 780 825; America/Denver UT 385 435 801; America/New_York RI 401; America/Chicago NE 402
531; America/Chicago OK 405 539 572 580 918; America/Denver MT 406; America/Halifax America/Toronto
418; America/Chicago America/New_York TN 423; America/Halifax 428 506 782 902; Atlantic/Bermuda
441; America/Denver America/Los_Angeles OR 458 541; America/Grenada 473; America/Phoenix AZ 480 520
602 623; America/New_York KY 502 859; America/Los_Angeles OR 503 971; America/Denver NM 505 575;
America/New_York NJ 551 609 640 732 848 856 862 908 973; America/New_York NH 603; America/Vancouver
604; America/Chicago America/Denver America/North_Dakota/Center SD 605; America/Chicago TN 615 629
731 901 931; America/Chicago America/Denver KS 620 785; America/Grand_Turk 649; America/Jamaica 658
876; America/Montserrat 664; Pacific/Saipan MP 670; Pacific/Guam GU 671; Pacific/Pago_Pago AS 684;
America/Chicago America/Denver America/North_Dakota/Center ND 701; America/Los_Angeles NV 702 725;
America/Halifax America/Puerto_Rico America/St_Johns 709 879; America/Lower_Princes 721;
America/St_Lucia 758; America/Dominica 767; America/Boise America/Denver America/Los_Angeles NV
775; America/St_Vincent 784; America/Puerto_Rico PR 787 939; America/New_York VT 802;
America/New_York SC 803 821 839 843 854 864; America/Toronto America/Winnipeg 807; Pacific/Honolulu
HI 808; America/Santo_Domingo 809 829 849; America/New_York TN 865; America/Edmonton
America/Fort_Nelson America/Toronto America/Vancouver America/Winnipeg 867; America/Port_of_Spain
868; America/St_Kitts 869; America/Chicago America/New_York MI 906; America/Adak America/Anchorage
America/Juneau Pacific/Honolulu AK 907; America/Denver TX 915; America/Denver America/Phoenix AZ
928
"""

COUNTRY_CODES = """\
Africa/Cairo 20; Africa/Nairobi 211 254; Atlantic/Canary 212; Europe/Paris 213 33; Africa/Tunis
216; Europe/Bucharest 218 370 371 372 40 970; Africa/Banjul 220; Africa/Dakar 221;
Africa/Nouakchott 222; Africa/Bamako 223; Africa/Conakry 224; Africa/Abidjan 225;
Africa/Ouagadougou 226; Africa/Niamey 227; Africa/Lome 228; Africa/Porto-Novo 229; Indian/Mauritius
230; Atlantic/Reykjavik 231 245 354; Africa/Freetown 232; Africa/Accra 233; Africa/Lagos 234;
Africa/Ndjamena 235; Africa/Bangui 236; Africa/Douala 237; Atlantic/Cape_Verde 238; Africa/Sao_Tome
239; Africa/Malabo 240; Africa/Libreville 241; Africa/Brazzaville 242; Africa/Kinshasa
Africa/Lubumbashi 243; Africa/Luanda 244; Indian/Chagos 246; Atlantic/St_Helena 247 290;
Indian/Mahe 248; Africa/Khartoum 249; Africa/Kigali 250; Africa/Addis_Ababa 251; Africa/Mogadishu
252; Africa/Djibouti 253; Africa/Dar_es_Salaam 255; Africa/Kampala 256; Africa/Bujumbura 257;
Africa/Maputo 258; Africa/Lusaka 260; Indian/Antananarivo 261; Indian/Mayotte Indian/Reunion 262;
Africa/Harare 263; Africa/Windhoek 264; Africa/Blantyre 265; Africa/Maseru 266; Africa/Gaborone
267; Africa/Mbabane 268; Indian/Comoro 269; Africa/Johannesburg 27; Africa/Asmera 291;
America/Aruba 297; Atlantic/Faeroe 298; America/Godthab America/Scoresbysund America/Thule 299;
Europe/Athens 30; Europe/Amsterdam 31; Europe/Brussels 32; Atlantic/Canary Europe/Madrid 34;
Europe/Gibraltar 350; Atlantic/Azores Europe/Lisbon 351; Europe/Luxembourg 352; Europe/Guernsey
Europe/Isle_of_Man Europe/London 353; Europe/Tirane 355; Europe/Malta 356; Asia/Nicosia 357;
Europe/Helsinki Europe/Mariehamn 358; Europe/Sofia 359; Europe/Budapest 36; Europe/Chisinau 373;
Asia/Yerevan 374; Europe/Moscow 375; Europe/Andorra 376; Europe/Monaco 377; Europe/San_Marino 378;
Europe/Kyiv 380; Europe/Belgrade 381 383; Europe/Podgorica 382; Europe/Zagreb 385; Europe/Ljubljana
386; Europe/Sarajevo 387; Europe/Skopje 389; Europe/Rome Europe/Vatican 39; Europe/Zurich 41;
Europe/Prague 420; Europe/Bratislava 421; Europe/Vaduz 423; Europe/Vienna 43; Europe/Guernsey
Europe/Isle_of_Man Europe/Jersey Europe/London 44; Europe/Copenhagen 45; Europe/Stockholm 46;
Arctic/Longyearbyen Europe/Oslo 47; Europe/Warsaw 48; Europe/Berlin 49; Atlantic/Stanley 500;
America/Belize 501; America/Guatemala 502; America/El_Salvador 503; America/Tegucigalpa 504;
America/Chicago 505; America/Costa_Rica 506; America/Panama 507; America/Miquelon 508;
America/Port-au-Prince 509; America/Lima 51; America/Cancun America/Ciudad_Juarez America/Matamoros
America/Mazatlan America/Mexico_City America/New_York America/Ojinaga America/Tijuana 52;
America/Havana 53; America/Buenos_Aires 54; America/Manaus America/Noronha America/Rio_Branco
America/Sao_Paulo 55; America/Santiago 56; America/Bogota 57; America/Caracas 58;
America/Guadeloupe 590; America/La_Paz 591; America/Guyana 592; America/Guayaquil Pacific/Galapagos
593; America/Cayenne 594; America/Asuncion 595; America/Martinique 596; America/Paramaribo 597;
America/Montevideo 598; America/Curacao America/Kralendijk 599; Asia/Kuching 60; Australia/Adelaide
Australia/Brisbane Australia/Eucla Australia/Lord_Howe Australia/Perth Australia/Sydney
Indian/Christmas Indian/Cocos 61; Asia/Jakarta Asia/Jayapura Asia/Makassar 62; Asia/Manila 63;
Pacific/Auckland Pacific/Chatham 64; Asia/Singapore 65; Asia/Bangkok 66; Asia/Dili 670;
Pacific/Norfolk 672; Asia/Brunei 673; Pacific/Nauru 674; Pacific/Port_Moresby 675;
Pacific/Tongatapu 676; Pacific/Guadalcanal 677; Pacific/Efate 678; Pacific/Fiji 679; Pacific/Palau
680; Pacific/Wallis 681; Pacific/Rarotonga 682; Pacific/Niue 683; Pacific/Apia 685;
Pacific/Enderbury Pacific/Kiritimati Pacific/Tarawa 686; Pacific/Noumea 687; Pacific/Funafuti 688;
Pacific/Gambier Pacific/Marquesas Pacific/Tahiti 689; Pacific/Fakaofo 690; Pacific/Kosrae
Pacific/Ponape Pacific/Truk 691; Pacific/Majuro 692; Asia/Almaty Asia/Anadyr Asia/Aqtobe
Asia/Irkutsk Asia/Kamchatka Asia/Krasnoyarsk Asia/Magadan Asia/Novosibirsk Asia/Omsk Asia/Sakhalin
Asia/Vladivostok Asia/Yakutsk Asia/Yekaterinburg Europe/Bucharest Europe/Moscow Europe/Samara 7;
Asia/Tokyo 81; Asia/Seoul 82 850; Asia/Ho_Chi_Minh 84; Asia/Hong_Kong 852; Asia/Shanghai 853 86;
Asia/Phnom_Penh 855; Asia/Vientiane 856; Asia/Dhaka 880; Asia/Taipei 886; Europe/Istanbul 90;
Asia/Calcutta 91; Asia/Karachi 92; Asia/Kabul 93; Asia/Colombo 94; Asia/Rangoon 95; Indian/Maldives
960; Asia/Beirut 961; Asia/Amman 962; Asia/Damascus 963; Asia/Baghdad 964; Asia/Kuwait 965;
Asia/Riyadh 966; Asia/Aden 967; Asia/Muscat 968; Asia/Dubai 971; Asia/Jerusalem 972; Asia/Bahrain
973; Asia/Qatar 974; Asia/Thimphu 975; Asia/Choibalsan Asia/Hovd Asia/Ulaanbaatar 976;
Asia/Katmandu 977; Asia/Tehran 98; Asia/Dushanbe 992; Asia/Ashgabat 993; Asia/Baku 994;
Asia/Tbilisi 995; Asia/Bishkek 996; Asia/Tashkent 998
"""
